import fc from 'fast-check';
import { makeEvent } from '#contracts';
import { arrange, type Change } from './arrangement.js';
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
