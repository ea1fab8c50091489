import fc from 'fast-check';
import { bisect } from './bisect.js';

class Bad extends Error {}

/** All or nothing, like one transaction; counts what it was asked. */
function transaction(bad: ReadonlySet<number>) {
  const done: number[] = [];
  let attempts = 0;
  return {
    done,
    attempts: () => attempts,
    attempt: async (items: readonly number[]) => {
      attempts++;
      if (items.some((item) => bad.has(item))) throw new Bad();
      done.push(...items);
      return items.map((item) => item * 10);
    },
  };
}

const isBad = (error: unknown): boolean => error instanceof Bad;

test('finds exactly the bad ones, does each of the others once, in few attempts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.array(fc.nat(299)), async (size, picks) => {
      const items = Array.from({ length: size }, (_, index) => index);
      const bad = new Set(picks.filter((pick) => pick < size));
      const work = transaction(bad);
      const settled = await bisect(items, work.attempt, isBad);
      expect(settled.map(({ item }) => item)).toEqual(items);
      for (const one of settled) {
        if (bad.has(one.item)) expect('error' in one && one.error).toBeInstanceOf(Bad);
        else expect('result' in one && one.result).toBe(one.item * 10);
      }
      expect(work.done.sort((a, b) => a - b)).toEqual(items.filter((item) => !bad.has(item)));
      expect(work.attempts()).toBeLessThanOrEqual(1 + 2 * bad.size * Math.ceil(Math.log2(size)));
    }),
  );
});

test('one bad one among 1,000 costs 21 attempts at the most', async () => {
  const work = transaction(new Set([617]));
  await bisect([...Array(1000).keys()], work.attempt, isBad);
  expect(work.attempts()).toBeLessThanOrEqual(21);
});

test('what is nobody’s fault is thrown at once', async () => {
  let attempts = 0;
  const away = new Error('away');
  const work = bisect(
    [1, 2, 3, 4],
    async () => {
      attempts++;
      throw away;
    },
    isBad,
  );
  await expect(work).rejects.toBe(away);
  expect(attempts).toBe(1);
});

test('what has just failed as a whole is not tried again', async () => {
  const work = transaction(new Set([2]));
  const settled = await bisect([1, 2], work.attempt, isBad, { error: new Bad() });
  expect(work.attempts()).toBe(2);
  expect(settled.map((one) => 'error' in one)).toEqual([false, true]);
});

test('nothing asks nothing', async () => {
  const work = transaction(new Set());
  expect(await bisect([], work.attempt, isBad)).toEqual([]);
  expect(work.attempts()).toBe(0);
});
