import type { ru } from '../../ru/index.js';
import type { English } from '../../texts.js';

export const audit: English<typeof ru.audit> = {
  title: 'Audit',
  answer: 'Who did what, when and why; the newest first.',
  empty: 'No entries',
  time: 'When',
  by: 'Who',
  action: 'What',
  system: 'System',
  about: 'To what',
  reason: 'Why',
  fields: 'Given',
  number: 'How many',
  outcome: 'Outcome',
  outcomes: { done: 'done', failed: 'failed', unknown: 'not known' },
  actions: {
    replay: {
      start: 'began a replay',
      stop: 'stopped a replay',
    },
    failures: {
      note: 'wrote a note',
      archive: 'archived failures',
      restore: 'took failures back',
      ask: 'asked 1C again',
      edit: 'edited and replayed',
    },
    system: {
      'ask-again': 'asked 1C again of students',
      'ask-now': 'asked 1C now',
      examine: 'examined',
      pause: 'paused',
      resume: 'resumed',
      remove: 'forgot the system',
    },
    flags: {
      release: 'released Error flags',
    },
    'lost-answers': {
      clear: 'looked after lost answers',
    },
    removals: {
      release: 'released suspensions',
      discard: 'left the enrolments',
    },
    ims: {
      import: 'put an IMS file',
      release: 'released an IMS file that was held',
      discard: 'discarded an IMS file that was held',
    },
    account: {
      put: 'made an account of the 1C component',
      remove: 'revoked an account of the 1C component',
    },
    notices: {
      test: 'sent a test notice',
    },
    user: {
      add: 'added a user',
      change: 'changed a user',
      link: 'made a link for a password',
      'set-password': 'set a password',
      'sign-out': "ended somebody's sessions",
    },
    session: {
      openid: 'signed in by the university',
      'end-all': 'signed out on all devices',
      'change-password': 'changed the own password',
    },
  },
};
