import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MoodleSite, settingsAtFirst } from '#ims-enterprise/testing';
import { whatShouldStand } from '../harness/compare.js';
import { itk } from '../harness/itk.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { saidBy } from './said-by.js';

const folder = join(tmpdir(), `itk-ims-out-${process.pid}-${Date.now()}`);
const [file, table] = ['enrol.xml', 'courses.csv'].map((name) => join(folder, name)) as [string, string];
const courses = Array.from({ length: 9 }, (_, index) => index + 1);
const nameCourses = (prefix: string): void =>
  writeFileSync(table, courses.map((course) => `${course},${prefix}-${course}\n`).join(''));
const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));
let university: RunningUniversity;

beforeAll(async () => {
  mkdirSync(folder);
  nameCourses('CRS');
  university = await runUniversity({
    ...{ students: 25, seed: 5, faulty: 0, courses: 8 },
    system: ({ moodle: _, ...usual }) => ({
      ...usual,
      imsFile: {
        ...{ url: 'https://lms.invalid', file, coursesFile: table, target: 'moodle', zone: 'Europe/Moscow' },
      },
    }),
  });
  await university.start();
}, 180_000);
afterAll(async () => {
  await university?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

type Wanted = Record<string, { username: string; lastname: string; firstname: string; courses: number[] }>;
/** What 1C's registers ask for, by the independent calculation. */
const wanted = (): Wanted => Object.fromEntries(whatShouldStand(university.onec.expected('LMS1'))) as Wanted;
/** The same, of what another reader of XML finds in the file. */
const told = (prefix: string): Wanted => {
  if (!existsSync(file)) return {};
  const number = ({ course }: { course: string }): number => Number(course.replace(`${prefix}-`, ''));
  return Object.fromEntries(
    Object.entries(saidBy(readFileSync(file, 'utf8'))).map(([code, { username, name, roles }]) => {
      const [firstname, lastname] = name as [string, string];
      return [code, { username, lastname, firstname, courses: roles.map(number).sort((a, b) => a - b) }];
    }),
  );
};
const sorted = (all: object): string => JSON.stringify(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
const tells = (prefix: string): Promise<void> =>
  until(`the file tells all, courses as ${prefix}`, () => sorted(told(prefix)) === sorted(wanted()), 90_000);

it('what 1C asks for stands in the file and, by it, in Moodle; 1C hears of each student', async () => {
  await tells('CRS');
  expect(Object.keys(wanted()).length).toBeGreaterThan(10);
  const site = new MoodleSite(
    courses.map((course) => `CRS-${course}`),
    { ...settingsAtFirst, createnewusers: true, imsupdateusers: true, imsunenrol: true, imsrestricttarget: 'moodle' },
  );
  site.take(readFileSync(file, 'utf8'));
  const inMoodle = site.users.map(({ idnumber, username, lastname, firstname }) => [
    idnumber!,
    {
      ...{ username, lastname, firstname },
      courses: courses.filter((course) => site.courses.get(`CRS-${course}`)!.has(idnumber!)),
    },
  ]);
  expect(sorted(Object.fromEntries(inMoodle) as object)).toBe(sorted(wanted()));
  await until(
    '1C has been told',
    async () => {
      const { rows } = await university.database.query(`select 1 from operations.told where told = 'synchronized'`);
      return rows.length === Object.keys(wanted()).length;
    },
    90_000,
  );
}, 200_000);

it('course-enroller killed between writing and renaming leaves the old file whole; the next one writes the new one', async () => {
  const before = readFileSync(file, 'utf8');
  // Who renames holds this row: nobody gets beyond the part file.
  const lock = await university.database.connect();
  await lock.query('begin');
  await lock.query('select 1 from course_enroller.file_states for update');
  nameCourses('KURS');
  await until(
    'the new one is written, and not renamed',
    async () => {
      const { rows } = await university.database.query(
        `select 1 from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%file_states%for update%'`,
      );
      return rows.length > 0;
    },
    60_000,
  );
  expect(parts()).toHaveLength(1);
  const enroller = university.services['course-enroller'];
  await enroller.kill();
  await lock.query('rollback');
  lock.release();
  expect(readFileSync(file, 'utf8')).toBe(before);

  const [orphan] = parts() as [string];
  const hoursAgo = Date.now() / 1_000 - 2 * 3_600;
  utimesSync(join(folder, orphan), hoursAgo, hoursAgo);
  const anothers = 'enrol.xml.00ff00ff00ff.part';
  writeFileSync(join(folder, anothers), 'being written');
  await enroller.start();
  await tells('KURS');
  await until('what the dead one left is gone', () => !parts().includes(orphan), 60_000);
  expect(parts()).toEqual([anothers]);
}, 200_000);

it('itk ims export writes the same state where it is asked to', async () => {
  const target = join(folder, 'asked.xml');
  const { environment, systems } = university;
  const done = await itk<{ persons: number }>(environment, 'ims', 'export', target, '--system', systems[0]!.id);
  expect(done).toMatchObject({ code: 0, json: { persons: Object.keys(wanted()).length, unmapped: [] } });
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(file, 'utf8'));
}, 180_000);
