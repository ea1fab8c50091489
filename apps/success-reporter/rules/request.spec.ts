import { both, eventTypes, makeEvent, nothingDone, type Origin, type SynchronizationFailed } from '#contracts';
import { requestOf } from './request.js';

const failure: SynchronizationFailed = {
  system: 'lms',
  origin: 'onec',
  code: '1',
  revision: 5,
  stage: 'course-enroller',
  kind: 'course',
  cause: 'x',
  reason: both('x', 'x'),
  counts: nothingDone,
  flaggedBy1C: false,
};

it('takes of failures what concerns it', () => {
  const asked = (change: Partial<SynchronizationFailed>) =>
    requestOf(makeEvent(eventTypes.SynchronizationFailed, { ...failure, ...change }, { service: 'x' }));
  const later = { kind: 'tell', report: { code: '1', revision: 5, told: 'later' } };
  expect(asked({})).toEqual(later);
  for (const kind of ['temporary', 'unexplained', 'contract', 'crash'] as const) expect(asked({ kind })).toEqual(later);
  expect(asked({ kind: 'student' }).kind).toBe('ignore');
  expect(asked({ kind: 'student', flaggedBy1C: true }).kind).toBe('ignore');
  expect(asked({ flaggedBy1C: true }).kind).toBe('ignore');
  expect(asked({ origin: 'ims' }).kind).toBe('ignore');
  expect(asked({ stage: 'success-reporter' }).kind).toBe('freePlace');
  expect(asked({ stage: 'error-flagger' }).kind).toBe('freePlace');
});

it('tells a success with its own period, unless the student is not 1C’s', () => {
  const asked = (origin: Origin) =>
    requestOf(
      makeEvent(
        eventTypes.StudentSynchronized,
        { system: 'lms', origin, code: '1', revision: 5, counts: nothingDone, validUntil: 9 },
        { service: 'x' },
      ),
    );
  expect(asked('onec')).toEqual({
    kind: 'tell',
    report: { code: '1', revision: 5, told: 'synchronized', validUntil: 9 },
  });
  expect(asked('ims').kind).toBe('ignore');
});

it('takes nothing else', () => {
  const due = makeEvent(eventTypes.EnrolmentDue, { system: 'lms', code: '1' }, { service: 'x' });
  expect(requestOf(due)).toEqual({ kind: 'ignore' });
});
