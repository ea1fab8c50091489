import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fillLarge, timed } from './testing/large.js';
import { openRegisters, type Registers } from './testing/registers.js';

/** The small size of page.proof.ts, which holds the 300 ms; here a bound that a busy machine keeps. */
let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
  await fillLarge(registers, 1_500, 10_000);
});
afterAll(() => registers.close());

test('a page of 500 of 1,500 students and 10,000 bindings is quick', async () => {
  const page = () => registers.synchronizer.getStudents('LMS', 500);
  expect(JSON.parse(await page())).toHaveLength(500);
  expect((await timed(5, page)).median).toBeLessThan(1_500);
});
