import { both, eventTypes } from '#contracts';
import { answerFor } from './answer.js';

const cause = (about: string) => ({ about, reason: both(`нет курса ${about}`, `no course ${about}`) });

test('a failure of several causes stands at each of its courses, with that course’s own words', () => {
  const at = new Date();
  const courses = ['2', '4', '7'].map((id) => ({ id: Number(id) }));
  const { sentence, courses: told } = answerFor({
    evidence: { outcome: { is: 'course', revision: 5 } } as never,
    events: [
      { type: eventTypes.SynchronizationFailed, revision: 5, at, data: { counts: { enrolled: 1 } } },
      { type: eventTypes.StudentChanged, revision: 5, at, data: { courses } },
    ],
    open: [{ ...cause('2'), reason: both('обе', 'both'), causes: [cause('2'), cause('4')] }],
    paused: null,
    ways: { fedBy: ['onec'], writtenBy: 'calls' },
  });
  expect(sentence.en).toBe('In 1 of 3 courses. both');
  expect(told).toEqual([
    { course: '2', state: 'failed', reason: cause('2').reason },
    { course: '4', state: 'failed', reason: cause('4').reason },
    { course: '7', state: 'enrolled' },
  ]);
});
