import fc from 'fast-check';
import { MoodleCallTruncated } from '../errors.js';
import { truncated } from '../failures/of-the-site.js';
import { inBatches, nextBatch, partlyDone } from './batches.js';
import { LeafBudget } from './budget.js';
import { countLeaves, formBody, leavesOf } from './form.js';

const budgetOf = (maxInputVars: number) => new LeafBudget({ system: 'test', maxInputVars }, 2);

async function sizes(records: readonly number[], maxInputVars: number, bears = Infinity, width = 1) {
  const budget = budgetOf(maxInputVars);
  const calls: number[][] = [];
  const results = await inBatches(records, { budget, leavesOf: (n) => n, most: 1000, width }, async (batch) => {
    if (batch.reduce((sum, n) => sum + n, 2) > bears) throw new MoodleCallTruncated(truncated());
    calls.push([...batch]);
    return batch.map((n) => n * 2);
  });
  expect(results).toEqual(records.map((n) => n * 2));
  return { calls, budget };
}

test('100 accounts of 11 values: two even calls at 1000 variables, one at 5000', async () => {
  const accounts = Array<number>(100).fill(11);
  expect((await sizes(accounts, 1000)).calls.map((call) => call.length)).toEqual([50, 50]);
  expect((await sizes(accounts, 5000)).calls.map((call) => call.length)).toEqual([100]);
});

test('100 students with 8 enrolments of 5 values: five calls at 1000, one at 5000', async () => {
  const students = Array<number>(100).fill(40);
  expect((await sizes(students, 1000)).calls).toHaveLength(5);
  expect((await sizes(students, 5000)).calls).toHaveLength(1);
});

test('no call exceeds the limit, all records go once, and no call is wasted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 90 })),
      fc.integer({ min: 102, max: 900 }),
      async (all, limit) => {
        const { calls } = await sizes(all, limit);
        for (const call of calls) expect(call.reduce((sum, n) => sum + n, 2)).toBeLessThanOrEqual(limit);
        const fewest = Math.ceil(all.reduce((sum, n) => sum + n, 0) / (limit - 2));
        expect(calls.length).toBeLessThanOrEqual(Math.max(fewest * 2, fewest + 1));
      },
    ),
  );
});

test('a record too large for any call still goes, by itself', () => {
  expect(nextBatch([5000, 3], 998, 100)).toBe(1);
});

test('a site that bears less than configured: halved until it fits, remembered, nothing lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      async (all, width) => {
        const { calls, budget } = await sizes(all, 5000, 60, width);
        for (const call of calls) expect(call.reduce((sum, n) => sum + n, 2)).toBeLessThanOrEqual(60);
        if (all.reduce((sum, n) => sum + n, 0) > 58) expect(budget.limit).toBeLessThan(4998);
      },
    ),
  );
});

test('the first error stops the sending and is thrown when all is at rest', async () => {
  const budget = budgetOf(102);
  let sent = 0;
  const work = inBatches(
    Array<number>(40).fill(50),
    { budget, leavesOf: (n) => n, most: 9, width: 2 },
    async (batch) => {
      if (++sent === 3) throw new Error('away');
      await Promise.resolve();
      return batch;
    },
  );
  await expect(work).rejects.toThrow('away');
  expect(sent).toBeLessThanOrEqual(4);
});

test('a batch of which parts may stand is not put back', async () => {
  const budget = budgetOf(1000);
  let sent = 0;
  const work = inBatches([1, 2], { budget, leavesOf: (n) => n, most: 9, width: 1 }, () => {
    sent++;
    return partlyDone(Promise.reject(new MoodleCallTruncated(truncated())));
  });
  await expect(work).rejects.toMatchObject({ failure: { kind: 'temporary', cause: 'call-truncated' } });
  expect(sent).toBe(1);
});

test('form: PHP reads back what was written; half a surrogate pair is no reason to fail', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }))),
      (leaves) => {
        expect([...new URLSearchParams(formBody(leaves))]).toEqual(leaves);
      },
    ),
  );
  expect(formBody([['a[0][b]', 'Ё +&\uD800']])).toBe('a%5B0%5D%5Bb%5D=%D0%81%20%2B%26%EF%BF%BD');
});

test('form: names, numbers of lists, words of truth, what is left out', () => {
  const parameters = {
    users: [{ id: 1, suspended: true, lang: undefined, fields: [{ type: 'a', value: '' }] }],
    field: 'x',
  };
  expect(leavesOf(parameters)).toEqual([
    ['users[0][id]', '1'],
    ['users[0][suspended]', '1'],
    ['users[0][fields][0][type]', 'a'],
    ['users[0][fields][0][value]', ''],
    ['field', 'x'],
  ]);
  expect(countLeaves(parameters)).toBe(5);
});
