import fc from 'fast-check';
import { gapsIn, readNumbers, type Seen } from './gaps.js';

test('the numbers that did not come are the gaps, however the batches are cut', () => {
  const arrived = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 60 })), {
    selector: ([publisher, n]) => `${publisher} ${n}`,
  });
  fc.assert(
    fc.property(arrived, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (all, sizes) => {
      const counts = [...all].sort(([, a], [, b]) => a - b).map(([publisher, n]) => ({ publisher, n, time: n * 10 }));
      const missing = new Set<string>();
      const seen = new Map<string, Seen>();
      for (let from = 0, turn = 0; from < counts.length; turn++) {
        const size = sizes[turn % sizes.length]!;
        const result = gapsIn(seen, counts.slice(from, from + size));
        for (const { publisher, from: first, to } of result.gaps)
          for (let n = first; n <= to; n++) missing.add(`${publisher} ${n}`);
        for (const [publisher, last] of result.seen) seen.set(publisher, last);
        expect(result.late).toEqual([]);
        from += size;
      }
      const expected = new Set<string>();
      for (const publisher of ['a', 'b']) {
        const own = counts.filter((one) => one.publisher === publisher).map(({ n }) => n);
        for (let n = 1; n < Math.max(0, ...own); n++) if (!own.includes(n)) expected.add(`${publisher} ${n}`);
      }
      expect(missing).toEqual(expected);
    }),
  );
});

test('the very next number leaves no gap, and the same once more is late', () => {
  const before = new Map([['a', { n: 5, time: 50 }]]);
  const count = (n: number) => ({ publisher: 'a', n, time: n * 10 });
  expect(gapsIn(before, [count(6)])).toEqual({ gaps: [], late: [], seen: new Map([['a', { n: 6, time: 60 }]]) });
  expect(gapsIn(before, [count(5)])).toEqual({ gaps: [], late: [count(5)], seen: new Map() });
});

test('what comes again or late is no gap', () => {
  const before = new Map([['a', { n: 5, time: 50 }]]);
  const { gaps, late, seen } = gapsIn(before, [
    { publisher: 'a', n: 4, time: 40 },
    { publisher: 'a', n: 8, time: 80 },
    { publisher: 'a', n: 7, time: 70 },
  ]);
  expect(gaps).toEqual([{ publisher: 'a', from: 6, to: 7, after: 50, before: 80 }]);
  expect(late.map(({ n }) => n)).toEqual([4, 7]);
  expect(seen).toEqual(new Map([['a', { n: 8, time: 80 }]]));
});

test.each([undefined, 5, ['a/1'], '!a/1', 'x', 'a/0', 'a/-1', 'a/1.5', '/1', 'a/2-1', 'a/1-', 'a/0-1', 'a/1-2-3'])(
  '%j is no count',
  (header) => expect(readNumbers(header)).toBeUndefined(),
);

test('numbers of one and of many', () => {
  const publisher = 'course-enroller-0a1b';
  expect(readNumbers(`${publisher}/17`)).toEqual({ publisher, first: 17, last: 17 });
  expect(readNumbers(`${publisher}/17-116`)).toEqual({ publisher, first: 17, last: 116 });
});
