import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importAsMoodle, MoodleSite, settingsAtFirst } from '#ims-enterprise/testing';
import type { FileSystem } from '#platform';
import { deliverToFile, filePerson } from '../testing/file.js';
import { enrollerSetup, failureOf, kindsOf, system } from '../testing/setup.js';
import type { Provisioned } from '../testing/studies.js';
import { CoursesFile } from './courses/courses-file.js';
import { FileWriter } from './writing/file-writer.js';

const setup = enrollerSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-ims-file-'));
const file = join(folder, 'enrol.xml');
const table = join(folder, 'courses.csv');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  writeFileSync(table, '2,CRS-002\n3,CRS-003\n');
});

const roles = { student: '01', teacher: '08' };
const imsFile = { url: 'https://lms', file, roles, zone: 'Europe/Moscow', coursesFile: table, target: 'moodle' };
const writer = () =>
  new FileWriter(
    { id: system, imsFile } as Pick<FileSystem, 'id' | 'imsFile'>,
    setup.dataSource,
    new CoursesFile(table),
  );

const deliver = (given: Provisioned[]) => deliverToFile(setup, imsFile, given);
const written = () => importAsMoodle(readFileSync(file, 'utf8'));

it('who is told is in the file: account, courses by their idnumber, role and group; nobody calls Moodle', async () => {
  expect(kindsOf(await deliver([filePerson('1', { courses: [2, { id: 3, role: 'teacher' }] })]))).toEqual(['done']);
  expect(setup.takePublished()).toMatchObject([
    { type: 'itk.student.synchronized.v1', data: { counts: { accountCreated: true, enrolled: 2 } } },
  ]);
  expect(await writer().write()).toMatchObject({ persons: 1, memberships: 2, unmapped: [] });
  expect(written()).toMatchObject({
    properties: [{ targets: ['moodle'] }],
    groups: [],
    persons: [
      { idnumber: '1', recstatus: 1, username: 'u1', auth: 'manual', firstname: 'Анна 1', lastname: 'Ёлкина' },
      { idnumber: '1', recstatus: 2 },
    ],
    members: [
      { course: 'CRS-002', idnumber: '1', roletype: '01', enrol: true, group: 'ИВТ-21' },
      { course: 'CRS-003', idnumber: '1', roletype: '08', enrol: true, group: 'ИВТ-21' },
    ],
  });
  expect(setup.calls()).toBe(0);
});

it('what is wanted no more is told as an end, for as long as the file lives; another group takes the place of the old', async () => {
  await deliver([filePerson('1', { courses: [2, 3] })]);
  await deliver([filePerson('1', { courses: [3], group: 'ИВТ-31', revision: 2000 })]);
  await deliver([filePerson('1', { courses: [3], group: 'ИВТ-31', revision: 3000 })]);
  await writer().write();
  expect(written().members).toMatchObject([
    { course: 'CRS-002', enrol: false },
    { course: 'CRS-003', enrol: true, group: 'ИВТ-31' },
  ]);
  await deliver([filePerson('1', { courses: [2, 3], group: 'ИВТ-31', revision: 4000 })]);
  await writer().write();
  expect(written().members.map(({ enrol }) => enrol)).toEqual([true, true]);
});

it('a withdrawn student keeps the account and loses the courses', async () => {
  await deliver([filePerson('1', { courses: [2] })]);
  const { account: _, ...gone } = filePerson('1', { state: 'withdrawn', revision: 2000, created: false });
  await deliver([gone]);
  await writer().write();
  expect(written()).toMatchObject({ persons: [{ idnumber: '1' }, {}], members: [{ enrol: false }] });
});

it('a course that the table does not have fails by name; the others are done', async () => {
  const [outcome] = await deliver([filePerson('1', { courses: [2, 77] })]);
  expect(failureOf(outcome)).toMatchObject({ kind: 'course', cause: 'course-unmapped', about: '77' });
  await writer().write();
  expect(written().members.map(({ course }) => course)).toEqual(['CRS-002']);
  writeFileSync(table, '2,CRS-002\n77,CRS-077\n');
  utimesSync(table, 2_000_000_000, 2_000_000_000);
  expect(kindsOf(await deliver([filePerson('1', { courses: [2, 77], revision: 2000 })]))).toEqual(['done']);
});

it('a table that cannot be used is a wrong setting: nobody fails', async () => {
  writeFileSync(table, '2,A&B\n');
  utimesSync(table, 2_000_000_000, 2_000_000_000);
  expect(kindsOf(await deliver([filePerson('1', { courses: [2] })]))).toEqual(['handBack']);
});

it('an older word on an account changes nothing', async () => {
  await deliver([filePerson('1', { courses: [2], revision: 2000 })]);
  const older = filePerson('1', { courses: [2], revision: 1000 });
  await deliver([{ ...older, account: { ...older.account!, lastname: 'Старая' } }]);
  await writer().write();
  expect(written().persons[0]).toMatchObject({ lastname: 'Ёлкина' });
});

it('the file is owed after a change, and after a change of the table, and not for a repetition', async () => {
  const due = async () => {
    await setup.dataSource.query(`update file_states set changed_at = changed_at - interval '1 minute'`);
    return (await writer().look()) === 'due';
  };
  expect(await writer().look()).toBe('settled');
  await deliver([filePerson('1', { courses: [2] })]);
  expect(await writer().look()).toBe('waiting');
  expect(await due()).toBe(true);
  await writer().write();
  expect(await due()).toBe(false);
  await deliver([filePerson('1', { courses: [2], revision: 2000 })]);
  expect(await due()).toBe(false);
  writeFileSync(table, '2,CRS-2\n');
  utimesSync(table, 2_000_000_000, 2_000_000_000);
  expect(await due()).toBe(true);
  await writer().write();
  expect(written().members.map(({ course }) => course)).toEqual(['CRS-2']);
  expect(await due()).toBe(false);
});

it('has a newer time than the one before, though the clock stands; the same state has the same bytes', async () => {
  await deliver([filePerson('1', { courses: [2] })]);
  await writer().write();
  const before = { text: readFileSync(file, 'utf8'), time: Math.floor(statSync(file).mtimeMs / 1000) };
  await writer().write();
  expect(Math.floor(statSync(file).mtimeMs / 1000)).toBeGreaterThan(before.time);
  expect(readFileSync(file, 'utf8')).toBe(before.text);
});

it('a writer that was overtaken puts nothing older in place; one that died leaves the old file and is made up for', async () => {
  await deliver([filePerson('1', { courses: [2] })]);
  await writer().write();
  await setup.dataSource.query('update file_states set written = written + 5');
  expect(await writer().write()).toBeUndefined();
  await setup.dataSource.query('update file_states set written = 0');
  const dying = writer();
  Object.assign(dying, { putInPlace: () => Promise.reject(new Error('death')) });
  const text = readFileSync(file, 'utf8');
  await deliver([filePerson('2', { courses: [2] })]);
  await expect(dying.write()).rejects.toThrow('death');
  expect(readFileSync(file, 'utf8')).toBe(text);
  await writer().write();
  expect(written().members.map(({ idnumber }) => idnumber)).toEqual(['1', '2']);
  expect(readdirSync(folder).sort()).toEqual(['courses.csv', 'enrol.xml']);
});

it('a folder that is not there is told, and nothing is lost', async () => {
  await deliver([filePerson('1', { courses: [2] })]);
  const nowhere = { id: system, imsFile: { ...imsFile, file: join(folder, 'none', 'enrol.xml') } };
  const lost = new FileWriter(nowhere as Pick<FileSystem, 'id' | 'imsFile'>, setup.dataSource, new CoursesFile(table));
  await expect(lost.write()).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(file)).toBe(false);
  await writer().write();
  expect(written().members).toHaveLength(1);
});

it('term after term Moodle follows, with the settings of the guide', async () => {
  const site = new MoodleSite(['CRS-002', 'CRS-003'], {
    ...{ ...settingsAtFirst, createnewusers: true, imsupdateusers: true, imsunenrol: true },
    imsrestricttarget: 'moodle',
  });
  const term = async (courses: number[], revision: number, lastname: string) => {
    const told = ['1', '2'].map((code) => filePerson(code, { courses, revision }));
    await deliver(told.map((each) => ({ ...each, account: { ...each.account!, lastname } })));
    await writer().write();
    site.take(readFileSync(file, 'utf8'));
    return [...site.courses].map(([course, all]) => [course, ...all.keys()]);
  };
  expect(await term([2], 1000, 'Ёлкина')).toEqual([['CRS-002', '1', '2'], ['CRS-003']]);
  expect(await term([3], 2000, 'Новая')).toEqual([['CRS-002'], ['CRS-003', '1', '2']]);
  expect(await term([2, 3], 3000, 'Новая')).toEqual([
    ['CRS-002', '1', '2'],
    ['CRS-003', '1', '2'],
  ]);
  expect(site.users.map(({ lastname }) => lastname)).toEqual(['Новая', 'Новая']);
});
