import type { ru } from '../../ru/index.js';
import type { English } from '../../texts.js';

export const journal: English<typeof ru.journal> = {
  title: 'Journal',
  answer: 'What happened, and when; the newest first. The journal keeps no names.',
  empty: 'The journal is empty',
  emptyText: 'Events appear when 1C offers the first student.',
  time: 'When',
  system: 'System',
  event: 'Event',
  code: 'Student code',
  since: 'From',
  before: 'Until',
  about: 'About',
  what: 'What',
  source: 'Service',
  events: {
    changed: 'student offered',
    binding: 'binding changed',
    provisioned: 'account',
    due: 'enrolments to check',
    missing: 'account vanished',
    synchronized: 'synchronised',
    failed: 'failed',
    reported: '1C was told',
  },
};
