import fc from 'fast-check';
import { compareMigrations } from './versions.js';

const names = fc.uniqueArray(
  fc.constantFrom<string>('One1', 'Two2', 'Three3', 'BreakingFour4', 'BreakingFive5', 'Six6'),
);

test("what is pending is this program's and has not run; a newer one is refused only for what breaks", () => {
  fc.assert(
    fc.property(names, names, (known, run) => {
      const { pending, newer } = compareMigrations(known, run);
      expect(new Set([...pending, ...run.filter((name) => known.includes(name))])).toEqual(new Set(known));
      expect(newer.every((name) => name.startsWith('Breaking') && !known.includes(name))).toBe(true);
      expect(run.filter((name) => !known.includes(name) && !newer.includes(name)).join()).not.toContain('Breaking');
    }),
  );
});

test('a name that only sounds alike breaks nothing', () => {
  expect(compareMigrations([], ['Breakingnews1']).newer).toEqual([]);
});
