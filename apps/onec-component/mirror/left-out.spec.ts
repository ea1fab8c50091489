import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Trouble } from '#persistence';
import { register } from '#platform';
import { alarmStands } from '#platform/testing';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';

let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());
beforeEach(async () => {
  await registers.empty();
  await registers.dataSource.query('delete from operations.trouble');
  registers.university.snapshot = university();
  await registers.mirror.refresh();
});

type Fields = Record<string, unknown>;
const fit = { year: 2024, field: '01.03.02', profile: 'Математика', mode: 'Очная', site: 'Москва' };
const codes = ['000000001', '000000002', '000000003'];

/** Three students who are well; `changed` puts something else into the records of the second. */
function university(changed: Partial<Record<'students' | 'statuses' | 'names', Fields>> = {}, surname = 'Иванов') {
  const of = (section: keyof typeof changed, code: string, record: Fields): Fields =>
    code === codes[1] ? { ...record, ...changed[section] } : record;
  return {
    ...emptyUniversity(),
    students: codes.map((code) => of('students', code, { code, individual: `I${code}` })),
    statuses: codes.map((code) =>
      of('statuses', code, {
        ...{ student: code, period: '2024-09-01T00:00:00', status: 'Continues Education' },
        ...{ group: 'G1', semester: 3 },
      }),
    ),
    names: codes.map((code) =>
      of('names', code, {
        ...{ individual: `I${code}`, period: '2020-01-01T00:00:00' },
        ...{ lastname: surname, firstname: 'Иван', middlename: 'Иванович' },
      }),
    ),
    groups: [{ code: 'G1', name: 'М3О-101Б-24', ...fit }],
    curricula: [
      {
        code: 'C1',
        name: 'План',
        ...fit,
        template: false,
        status: 'Approved',
        graduatingDepartment: null,
        level: null,
        lines: [],
      },
    ],
    toolkit: { systems: [{ code: 'LMS', name: 'LMS', address: 'https://lms.example.edu' }], documents: [] },
  };
}

const offered = async (): Promise<Fields[]> =>
  JSON.parse(await registers.synchronizer.getStudents('LMS', 10)) as Fields[];
const troubles = () => registers.dataSource.getRepository(Trouble).find({ order: { about: 'asc' } });
const metric = async (): Promise<number> => {
  const { values } = await register.getSingleMetric('itk_mirror_records_left_out')!.get();
  return values.reduce((sum, { value }) => sum + value, 0);
};

const plain: [string, Parameters<typeof university>[0], Fields][] = [
  ['middlename null', { names: { middlename: null } }, { middlename: '' }],
  ['middlename absent', { names: { middlename: undefined } }, { middlename: '' }],
  ['a date with .000', { names: { period: '2020-01-01T00:00:00.000' } }, {}],
  ['a date with an offset', { statuses: { period: '2024-09-01T00:00:00+03:00' } }, {}],
  ['a date in UTC', { statuses: { period: '2024-08-31T21:00:00Z' } }, {}],
  ['a date without time', { statuses: { period: '2024-09-01' } }, {}],
  ['an empty date', { names: { period: '' } }, {}],
  ['the empty date of 1C', { names: { period: '0001-01-01T00:00:00' } }, {}],
  ['a semester as text', { statuses: { semester: '3' } }, { semester: 3 }],
];
test.each(plain)('%s means what it plainly means', async (_, changed, meant) => {
  registers.university.snapshot = university(changed, 'Петров');
  await registers.mirror.refresh();
  const page = await offered();
  expect(page.map((one) => one.lastname)).toEqual(['Петров', 'Петров', 'Петров']);
  expect(page[1]).toMatchObject(meant);
  expect(await troubles()).toEqual([]);
});

test('without an individual there is no name: 1C itself says so of that student', async () => {
  registers.university.snapshot = university({ students: { individual: null } });
  await registers.mirror.refresh();
  expect((await offered())[1]).toEqual({ error: expect.stringMatching(/^Individual Error.*000000002/) });
});

const broken: [string, Parameters<typeof university>[0], string, RegExp][] = [
  ['a surname with NUL', { names: { lastname: 'Щу\u0000кин' } }, 'names[1]', /lastname: .*a NUL character/],
  ['half a surrogate pair', { names: { lastname: 'Щу\uD800кин' } }, 'names[1]', /lastname: .*half a surrogate/],
  ['1,001 letters', { names: { firstname: 'Щ'.repeat(1001) } }, 'names[1]', /firstname: .*1001 characters/],
  ['a semester beyond any', { statuses: { semester: 99_999_999_999 } }, 'statuses[1]', /semester: .*a larger one/],
  ['a date that is none', { statuses: { period: '2024-02-30T00:00:00' } }, 'statuses[1]', /period: a date like/],
  ['an individual that is a list', { students: { individual: [] } }, 'students[1]', /individual: .*a list/],
];
test.each(broken)(
  '%s: the record is left out by name, its student stays, the others are refreshed',
  async (...given) => {
    const [, changed, place, what] = given;
    registers.university.snapshot = university(changed, 'Петров');
    await registers.mirror.refresh();
    const page = await offered();
    expect(page.map((one) => one.code)).toEqual(codes);
    expect(page[0]).toMatchObject({ lastname: 'Петров' });
    expect(page[1]).toMatchObject({ lastname: 'names' in changed! ? 'Иванов' : 'Петров', semester: 3 });
    expect(page[2]).toMatchObject({ lastname: 'Петров' });
    const [trouble, ...others] = await troubles();
    expect(others).toEqual([]);
    expect(trouble).toMatchObject({ service: 'onec-component', check: 'mirror-record', about: codes[1] });
    expect(trouble!.what.en).toContain(place);
    expect(trouble!.what.en).toMatch(what);
    expect(JSON.stringify(trouble)).not.toMatch(/Щ/);
    expect(await metric()).toBe(1);
    expect(alarmStands('mirror-records-left-out', '')).toBe(true);
    registers.university.snapshot = university({}, 'Петров');
    await registers.mirror.refresh();
    expect((await offered())[1]).toMatchObject({ lastname: 'Петров' });
    expect(await troubles()).toEqual([]);
    expect(await metric()).toBe(0);
    expect(alarmStands('mirror-records-left-out', '')).toBe(false);
  },
);

test('whose record it is cannot be read: named by its place; whoever is missing stays, the others are refreshed', async () => {
  for (const [section, field] of [
    ['students', 'code'],
    ['statuses', 'student'],
    ['names', 'individual'],
  ] as const) {
    registers.university.snapshot = university({ [section]: { [field]: '\u0000' } }, 'Петров');
    await registers.mirror.refresh();
    expect((await offered()).map((one) => [one.code, one.lastname])).toEqual([
      [codes[0], 'Петров'],
      [codes[1], section === 'names' ? 'Иванов' : 'Петров'],
      [codes[2], 'Петров'],
    ]);
    expect((await troubles()).map(({ about }) => about)).toEqual([`${section}[1]`]);
    registers.university.snapshot = university();
    await registers.mirror.refresh();
  }
});

test('of a history with one record that cannot be read nothing is taken: half of it may say the opposite', async () => {
  const snapshot = university();
  snapshot.statuses.push({
    ...{ student: codes[1], period: '2025-09-01T00:00:00', status: 'Expelled', group: null, semester: 'пятый' },
  });
  snapshot.statuses = snapshot.statuses.map((one) => ({
    ...one,
    group: 'G1',
    semester: one.semester === 3 ? 4 : one.semester,
  }));
  registers.university.snapshot = snapshot;
  await registers.mirror.refresh();
  expect((await offered()).map((one) => one.semester)).toEqual([4, 3, 4]);
});

test('what only the database finds it cannot hold is left out by halves, down to the record', async () => {
  await registers.dataSource.query(`create domain onec_component.short as text check (true)`);
  await registers.dataSource.query(
    `create function onec_component.refuse(name text) returns boolean language plpgsql as $$
     begin if name = 'Яшин' then raise exception 'no' using errcode = '22021'; end if; return true; end $$`,
  );
  await registers.dataSource.query(
    `alter domain onec_component.short add constraint held check (onec_component.refuse(value))`,
  );
  await registers.dataSource.query(
    `alter table onec_component.individual_full_names alter column lastname type onec_component.short`,
  );
  try {
    registers.university.snapshot = university({ names: { lastname: 'Яшин' } }, 'Петров');
    await registers.mirror.refresh();
    expect((await offered()).map((one) => one.lastname)).toEqual(['Петров', 'Иванов', 'Петров']);
    expect((await troubles()).map(({ about }) => about)).toEqual([codes[1]]);
  } finally {
    await registers.dataSource.query(
      `alter table onec_component.individual_full_names alter column lastname type text`,
    );
    await registers.dataSource.query(`drop domain onec_component.short; drop function onec_component.refuse(text)`);
  }
});

test('a thousand records of another form are told by two hundred names and a number', async () => {
  const snapshot = university();
  snapshot.students.push(...Array.from({ length: 1_000 }, (_, index) => ({ code: `n${index}`, individual: {} })));
  registers.university.snapshot = snapshot;
  await registers.mirror.refresh();
  expect(await offered()).toHaveLength(3);
  const told = await troubles();
  expect(told).toHaveLength(201);
  expect(told.at(-1)!.what.en).toBe('800 more records cannot be read');
  expect(await metric()).toBe(1_000);
});
