import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';
import { forgetSpentFaults } from './retention/retention.js';

let registers: Registers;
let made: ReturnType<typeof emptyUniversity>;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

/** Whoever has no group is faulty. */
function student(code: string, group: string | null = null): void {
  made.students.push({ code, individual: `и-${code}` });
  made.statuses.push({
    student: code,
    period: '2025-09-01T00:00:00',
    status: 'Continues Education',
    group,
    semester: 3,
  });
  made.names.push({
    ...{ individual: `и-${code}`, period: '2024-08-01T00:00:00' },
    ...{ lastname: 'Щёголева', firstname: 'Анна', middlename: '' },
  });
}
const programme = { year: 2024, field: '01.03.02', profile: 'п', mode: 'Очная', site: 'Москва' };

beforeEach(async () => {
  await registers.empty();
  made = emptyUniversity();
  made.toolkit.systems.push({ code: '1', name: 'LMS', address: '' }, { code: '2', name: 'СДО', address: '' });
  made.groups.push({ code: 'г1', name: 'г1', ...programme });
  made.curricula.push({
    ...{ code: 'план', name: 'план', ...programme, template: false, status: 'Approved' },
    ...{ graduatingDepartment: null, level: null, lines: [] },
  });
});
const fill = async () => {
  registers.university.snapshot = made;
  await registers.mirror.refresh();
};
const { parse } = JSON;
const page = async (els = 'LMS') =>
  parse(await registers.synchronizer.getStudents(els, 100)) as { code?: string; error?: string }[];
const errors = async (after = 0, limit = 100, els = 'LMS') =>
  parse(await registers.synchronizer.errorsSince(els, after, limit)) as {
    code: string;
    error: string;
    sequence: number;
  }[];
const codes = async (after = 0) => (await errors(after)).map(({ code }) => code);

test('what GetStudents has found it tells again after any number, in order, word for word, for each system', async () => {
  student('1');
  student('2');
  await fill();
  const first = await page();
  const told = await errors();
  expect(told.map(({ error }) => error)).toEqual(first.map(({ error }) => error));
  expect(told.map(({ code }) => code)).toEqual(['1', '2']);
  student('3');
  await fill();
  await page();
  const last = told.at(-1)!.sequence;
  expect(await codes(last)).toEqual(['3']);
  expect(await errors(0, 2)).toEqual(told);
  expect(await errors(0, 100, 'СДО')).toEqual([]);
  await expect(errors(0, 0)).rejects.toThrow('Limit');
  await expect(errors(0, 1, 'нет такой')).rejects.toThrow('Не найдена ЭОС');
  // A clock set back numbers upwards all the same.
  registers.time.now -= 3_600_000;
  student('4');
  await fill();
  await page();
  expect(await codes()).toEqual(['1', '2', '3', '4']);
  registers.time.now += 3_600_000;
});

test('whoever is offered again has no found fault; still faulty, it is found anew under a newer number', async () => {
  student('1');
  student('2');
  await fill();
  await page();
  const before = await errors();
  await registers.synchronizer.reoffer('1', 'LMS');
  expect(await codes()).toEqual(['2']);
  await page();
  const after = await errors();
  expect(after.map(({ code }) => code)).toEqual(['2', '1']);
  expect(after[1]!.sequence).toBeGreaterThan(before[1]!.sequence);

  // Mended in 1C: seen at the refresh, offered as a student.
  made.statuses = made.statuses.map((status) => (status.student === '2' ? { ...status, group: 'г1' } : status));
  await fill();
  expect(await codes()).toEqual(['1']);
  expect(await page()).toEqual([expect.objectContaining({ code: '2' })]);
});

test('a flag that comes late ends the Error row and not the fault that nobody may have heard of', async () => {
  student('1');
  await fill();
  await page();
  await registers.synchronizer.setCronflag(`1#${Math.floor(registers.time.now / 1000) + 86_400}`, 'LMS');
  expect(await codes()).toEqual(['1']);
});

test('what nobody has found for longer than its Error row hides is told no more', async () => {
  student('1');
  await fill();
  await page();
  const { sequence } = (await errors())[0]!;
  const month = 31 * 24 * 3_600_000;
  await forgetSpentFaults(registers.dataSource, sequence + month);
  expect(await codes()).toEqual(['1']);
  await forgetSpentFaults(registers.dataSource, sequence + 2 * month);
  expect(await codes()).toEqual([]);
});
