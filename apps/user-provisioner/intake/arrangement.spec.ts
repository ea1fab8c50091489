import fc from 'fast-check';
import { makeEvent } from '#contracts';
import { arrange, type Change, type Missing } from './arrangement.js';
import { student } from '../testing/students.js';

describe('the arrangement of a batch', () => {
  const change = (code: string, revision: number) =>
    makeEvent('itk.student.changed.v1', student(code, revision), { service: 'onec-poller' }) as Change;
  it('keeps one message for each student, the newest, and covers all others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), { maxLength: 20 }), (given) => {
        const { students, covered } = arrange(given.map(([code, revision]) => change(code, revision)));
        const kept = students.map((each) => each.change!.index);
        expect([...kept, ...covered].sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
        for (const each of students) {
          const newest = Math.max(...given.filter(([code]) => code === each.code).map(([, revision]) => revision));
          expect(given[each.change!.index]).toEqual([each.code, newest]);
        }
      }),
    );
  });
});

describe('words about vanished accounts', () => {
  const change = (code: string, revision: number) =>
    makeEvent('itk.student.changed.v1', student(code, revision), { service: 'onec-poller' }) as Change;
  const missing = (code: string, time: number) =>
    makeEvent(
      'itk.account.missing.v1',
      { system: 'lms', code },
      { service: 'course-enroller', time: new Date(time) },
    ) as Missing;
  const kept = (events: (Change | Missing)[]) => {
    const { students, covered } = arrange(events);
    return { missing: students.map((each) => each.missing), covered };
  };

  it('are kept beside the student’s own message, and cover none of it', () => {
    const { students, covered } = arrange([change('a', 1), missing('a', 5), missing('b', 6)]);
    expect(covered).toEqual([]);
    expect(students).toMatchObject([
      { code: 'a', change: { index: 0 }, missing: { index: 1, saidAt: 5, data: { code: 'a' } } },
      { code: 'b', missing: { index: 2, saidAt: 6 } },
    ]);
    expect(students[1]).not.toHaveProperty('change');
  });
  it('are one for each student: the last said, of one moment the first', () => {
    expect(kept([missing('a', 5), missing('a', 7)])).toMatchObject({
      missing: [{ index: 1, saidAt: 7 }],
      covered: [0],
    });
    expect(kept([missing('a', 7), missing('a', 5)])).toMatchObject({
      missing: [{ index: 0, saidAt: 7 }],
      covered: [1],
    });
    expect(kept([missing('a', 7), missing('a', 7)])).toMatchObject({ missing: [{ index: 0 }], covered: [1] });
  });
  it('of one revision the first message is worked on', () => {
    expect(arrange([change('a', 3), change('a', 3)])).toMatchObject({
      students: [{ change: { index: 0 } }],
      covered: [1],
    });
  });
});
