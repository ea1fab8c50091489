import fc from 'fast-check';
import { MoodleCallTruncated } from '../errors.js';
import { truncated } from '../failures/of-the-site.js';
import { callSizes, inBatches, leastPerLane, partlyDone } from './batches.js';
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

test('a batch of 200 students whose enrolments fit into one call gives both lanes work, and four lanes too', () => {
  const students = Array<number>(200).fill(24);
  const sizes = (maxInputVars: number, width: number) =>
    callSizes(students, { limit: maxInputVars - 2, most: 500, width });
  expect(sizes(5000, 1)).toEqual([200]);
  expect(sizes(5000, 2)).toEqual([100, 100]);
  expect(sizes(5000, 4)).toEqual([50, 50, 50, 50]);
  expect(sizes(5000, 16)).toEqual(Array(8).fill(25));
  // Five calls would leave a lane idle in the third round.
  expect(sizes(1000, 2)).toEqual([34, 34, 33, 33, 33, 33]);
});

test('fewer than twice 25 students are one call', () => {
  const cutting = { limit: 4998, most: 500, width: 2 };
  expect(callSizes(Array<number>(49).fill(24), cutting)).toEqual([49]);
  expect(callSizes(Array<number>(50).fill(24), cutting)).toEqual([25, 25]);
});

test('laws of cutting: all records once; what fits; every lane has work; never under 25 for the sake of a lane', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 400 }),
      fc.record({
        limit: fc.integer({ min: 90, max: 9_000 }),
        most: fc.integer({ min: 1, max: 500 }),
        width: fc.integer({ min: 1, max: 5 }),
      }),
      (leaves, cutting) => {
        const sizes = callSizes(leaves, cutting);
        const calls: number[][] = [];
        for (let rest = leaves; rest.length > 0; rest = rest.slice(calls.at(-1)!.length))
          calls.push(rest.slice(0, sizes[calls.length]));
        expect(calls.map((call) => call.length)).toEqual(sizes);
        const sum = (call: readonly number[]) => call.reduce((a, b) => a + b, 0);
        for (const call of calls) {
          expect(call.length).toBeGreaterThan(0);
          expect(call.length).toBeLessThanOrEqual(cutting.most);
          expect(sum(call)).toBeLessThanOrEqual(cutting.limit);
        }
        const canGiveLanes = Math.floor(leaves.length / leastPerLane);
        expect(sizes.length).toBeGreaterThanOrEqual(Math.min(cutting.width, canGiveLanes));
        const one = callSizes(leaves, { ...cutting, width: 1 });
        if (one.length === 1 && sizes.length > 1) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(leastPerLane);
        if (canGiveLanes < one.length) expect(sizes.length).toBeLessThanOrEqual(one.length);
      },
    ),
  );
});

test('a record too large for any call still goes, by itself', () => {
  expect(callSizes([5000, 3], { limit: 998, most: 100, width: 2 })).toEqual([1, 1]);
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

test('values beside the records take their place in every call, and count when one is halved', async () => {
  const budget = budgetOf(102);
  const calls: number[] = [];
  const send = async (batch: readonly number[]) => {
    if (batch.length > 2) throw new MoodleCallTruncated(truncated());
    calls.push(batch.length);
    return batch;
  };
  const records = Array<number>(9).fill(20);
  await inBatches(records, { budget, leavesOf: (n) => n, fixedLeaves: 20, most: 1000, width: 1 }, send);
  // 100 values, 20 of them beside the records: three calls of three; 80 sent, so 40 from now on
  expect(budget.limit).toBe(40);
  expect(calls).toEqual(Array(9).fill(1));
});

test('a single record that does not get through ends the work: there is nothing to halve', async () => {
  const budget = budgetOf(102);
  const refuse = () => Promise.reject(new MoodleCallTruncated(truncated()));
  await expect(inBatches([90], { budget, leavesOf: (n) => n, most: 10, width: 1 }, refuse)).rejects.toThrow(
    MoodleCallTruncated,
  );
  expect(budget.limit).toBe(100);
});

test('25 students for each lane are enough, and a call that is full to the last value is', () => {
  expect(callSizes(Array<number>(75).fill(1), { limit: 1000, most: 500, width: 3 })).toEqual([25, 25, 25]);
  expect(callSizes([50, 50, 50], { limit: 100, most: 500, width: 1 })).toEqual([2, 1]);
});

test('a budget is halved by what was sent, never grows, and never goes below one value; it says so', () => {
  const said: Record<string, unknown>[] = [];
  const log = { warn: (_: string, fields: Record<string, unknown> = {}) => void said.push(fields) };
  const budget = new LeafBudget({ system: 'test', maxInputVars: 1000, log }, 2);
  expect(budget.limit).toBe(998);
  budget.halve(500, truncated());
  expect(budget.limit).toBe(250);
  budget.halve(2_000, truncated());
  expect(budget.limit).toBe(250);
  budget.halve(1, truncated());
  expect(budget.limit).toBe(1);
  expect(said[0]).toEqual({ system: 'test', configured: 1000, sent: 500, limit: 250 });
});
