import fc from 'fast-check';
import { settledBetween, type Counts } from './rates.js';

const counts = (all: Record<string, Record<string, number>>): Counts => new Map(Object.entries(all));

it('counts what each process has settled since, those that are new with all of theirs', () => {
  const before = counts({ a: { done: 10, superseded: 2, dead: 1 }, gone: { done: 100 } });
  const after = counts({ a: { done: 15, superseded: 3, dead: 1, retry: 2, handBack: 9, again: 4 }, b: { done: 7 } });
  expect(settledBetween(before, after)).toEqual({ done: 13, retried: 2, dead: 0 });
});

const someCounts = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.dictionary(fc.constantFrom('done', 'superseded', 'retry', 'dead', 'handBack'), fc.nat(1_000)),
  )
  .map(counts);

it('is never negative, nothing where nothing has changed, and adds up over a look in between', () => {
  fc.assert(
    fc.property(someCounts, someCounts, someCounts, (a, more, evenMore) => {
      const grown = (from: Counts, by: Counts): Counts =>
        new Map(
          [...new Set([...from.keys(), ...by.keys()])].map((process) => {
            const [had, added] = [from.get(process) ?? {}, by.get(process) ?? {}];
            const names = new Set([...Object.keys(had), ...Object.keys(added)]);
            return [
              process,
              Object.fromEntries([...names].map((name) => [name, (had[name] ?? 0) + (added[name] ?? 0)])),
            ];
          }),
        );
      const b = grown(a, more);
      const c = grown(b, evenMore);
      expect(settledBetween(a, a)).toEqual({ done: 0, retried: 0, dead: 0 });
      const [first, second, whole] = [settledBetween(a, b), settledBetween(b, c), settledBetween(a, c)];
      for (const part of ['done', 'retried', 'dead'] as const) {
        expect(first[part]).toBeGreaterThanOrEqual(0);
        expect(first[part] + second[part]).toBe(whole[part]);
      }
    }),
  );
});
