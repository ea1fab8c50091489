import { eventTypes, makeEvent, type EventType, type Failure } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import { synchronizationFailed } from './settle.js';

const failure: Failure = { kind: 'temporary', cause: 'moodle-timeout', reason: { ru: 'а', en: 'a' } };
const about = (type: EventType, data: object): Delivery => ({
  event: makeEvent(type as never, { system: 'lms', code: '1', ...data } as never, { service: 'course-enroller' }),
  ...{ attempt: 5, queue: 'q', system: 'lms', traceparent: '' },
});

describe.each([eventTypes.AccountMissing, eventTypes.EnrolmentDue])('%s given up', (type) => {
  it('frees the place of the revision that it says, though nobody could read the student', () => {
    const notice = synchronizationFailed(about(type, { origin: 'ims', revision: 7 }), failure, undefined, 's');
    expect(notice?.data).toMatchObject({ code: '1', revision: 7, origin: 'ims', kind: 'temporary' });
  });

  it('speaks of the newer revision that was worked on', () => {
    const notice = synchronizationFailed(about(type, { revision: 7 }), failure, { revision: 9, origin: 'onec' }, 's');
    expect(notice?.data).toMatchObject({ revision: 9, origin: 'onec' });
  });
});
