import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openRegisters, type Registers } from '../../testing/registers.js';
import { forgetSpentRows } from './retention.js';

let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());
beforeEach(() => registers.empty());

const now = '2026-11-26T12:00:00';
const put = (system: string, student: string, periods: string[]) =>
  registers.dataSource.query(
    `insert into onec_component.synchronization (system, student, period, error)
     select $1, $2, unnest($3::timestamp[]), false`,
    [system, student, periods],
  );
const rows = async (): Promise<string[]> =>
  (
    (await registers.dataSource.query(
      `select system || ' ' || student || ' ' || to_char(period, 'YYYY-MM-DD') as row
         from onec_component.synchronization order by 1`,
    )) as { row: string }[]
  ).map(({ row }) => row);

test('rows whose period is long over go; the newest of a student and system stays, and all that may still hide', async () => {
  await put('LMS', '1', ['2024-01-01', '2025-05-26', '2025-05-27', '2026-12-01']);
  await put('LMS', '2', ['2023-01-01', '2024-01-01']);
  await put('СДО', '1', ['2023-01-01']);
  expect(await forgetSpentRows(registers.dataSource, now)).toBe(3);
  expect(await rows()).toEqual(['LMS 1 2025-05-27', 'LMS 1 2026-12-01', 'LMS 2 2024-01-01', 'СДО 1 2023-01-01']);
  expect(await forgetSpentRows(registers.dataSource, now)).toBe(0);
});

test('more than one piece, and the slice of who is hidden is found by its index', async () => {
  await registers.dataSource.query(
    `insert into onec_component.synchronization (system, student, period, error)
     select 'LMS', 's' || n % 1000, timestamp '2020-01-01' + n * interval '1 hour', false
       from generate_series(0, 11999) n`,
  );
  expect(await forgetSpentRows(registers.dataSource, now)).toBe(11_000);
  expect(await rows()).toHaveLength(1_000);
  const indexes: { name: string }[] = await registers.dataSource.query(
    `select indexname as name from pg_indexes where schemaname = 'onec_component' and tablename = 'synchronization'`,
  );
  expect(indexes.map(({ name }) => name)).toContain('synchronization_period');
});
