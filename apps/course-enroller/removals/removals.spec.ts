import fc from 'fast-check';
import { braked, isEmptied, leavingKey, removalsPerHour, type Leaving } from './removals.js';

describe('the brake on removals', () => {
  it('20 an hour, or 2 % of the enrolments of a large system', () => {
    expect([0, 188, 1_000, 1_090, 10_000].map(removalsPerHour)).toEqual([20, 20, 20, 21, 200]);
  });

  it('many to none: nobody wants anything, and more are enrolled than is always allowed', () => {
    expect(isEmptied({ enrolments: 21, wanted: false })).toBe(true);
    expect(isEmptied({ enrolments: 20, wanted: false })).toBe(false);
    expect(isEmptied({ enrolments: 5_000, wanted: true })).toBe(false);
  });

  it('laws: each goes, is held or stays held; what is counted anew never passes the hour; released goes always', () => {
    const key = fc.record({ userId: fc.nat({ max: 9 }), courseId: fc.nat({ max: 9 }) });
    const keys = fc.uniqueArray(key, { selector: leavingKey });
    fc.assert(
      fc.property(
        keys,
        fc.array(fc.tuple(key, fc.constantFrom(undefined, 'released' as const, 'discarded' as const))),
        fc.array(key),
        fc.integer({ min: -5, max: 50 }),
        fc.boolean(),
        (leaving: Leaving[], heldBefore, repeated, left, emptied) => {
          const held = new Map(heldBefore.map(([each, decision]) => [leavingKey(each), { decision }]));
          const counted = new Set(repeated.map(leavingKey));
          const { go, count, hold } = braked(leaving, { held, counted, left, emptied });
          expect(count.length).toBeLessThanOrEqual(emptied ? 0 : Math.max(0, left));
          const newlyHeld = new Set(hold.map(leavingKey));
          for (const each of leaving) {
            const before = held.get(leavingKey(each));
            const ends = [
              go.has(leavingKey(each)),
              newlyHeld.has(leavingKey(each)),
              !!before && before.decision !== 'released',
            ];
            expect(ends.filter(Boolean)).toHaveLength(1);
            if (before?.decision === 'released') expect(ends[0]).toBe(true);
            if (!before && counted.has(leavingKey(each))) expect(ends[0]).toBe(true);
          }
          for (const each of count) expect(held.has(leavingKey(each)) || counted.has(leavingKey(each))).toBe(false);
        },
      ),
    );
  });
});
