import { both, eventTypes, makeEvent, nothingDone, type CloudEvent, type SynchronizationFailed } from '#contracts';
import { requestOf } from './request.js';

const failed = (change: Partial<SynchronizationFailed> = {}): CloudEvent =>
  makeEvent(
    eventTypes.SynchronizationFailed,
    {
      ...{ system: 'lms', origin: 'onec', code: '1', revision: 5, stage: 'user-provisioner', kind: 'student' },
      ...{ cause: 'x', reason: both('x', 'x'), counts: nothingDone, flaggedBy1C: false },
      ...change,
    },
    { service: 'x' },
  );

it('takes of failures what concerns it', () => {
  const report = { code: '1', revision: 5, told: 'error' };
  expect(requestOf(failed())).toEqual({ kind: 'tell', report });
  expect(requestOf(failed({ flaggedBy1C: true }))).toEqual({ kind: 'note', report });
  expect(requestOf(failed({ kind: 'course' }))).toEqual({ kind: 'ignore' });
  expect(requestOf(failed({ origin: 'ims' }))).toEqual({ kind: 'ignore' });
});

it('takes nothing but failures', () => {
  const due = makeEvent(eventTypes.EnrolmentDue, { system: 'lms', code: '1' }, { service: 'x' });
  expect(requestOf(due)).toEqual({ kind: 'ignore' });
});
