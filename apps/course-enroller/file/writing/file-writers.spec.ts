import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importAsMoodle } from '#ims-enterprise/testing';
import { eventually } from '#persistence/testing';
import type { Configuration } from '#platform';
import { deliverToFile, filePerson } from '../../testing/file.js';
import { enrollerSetup, system } from '../../testing/setup.js';
import { FileWriters } from './file-writers.js';

const setup = enrollerSetup();
const home = mkdtempSync(join(tmpdir(), 'itk-ims-keeper-'));
const folder = join(home, 'moodle');
const file = join(folder, 'enrol.xml');
const table = join(home, 'courses.csv');
const imsFile = {
  ...{ url: 'https://lms', file, roles: { student: '01' }, zone: 'Europe/Moscow', coursesFile: table },
};
let open: FileWriters[] = [];

beforeEach(() => {
  mkdirSync(folder);
  writeFileSync(table, '2,CRS-002\n3,CRS-003\n');
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.beforeApplicationShutdown()));
  open = [];
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(home, { recursive: true }));

/** A replica of the service, as far as it writes files. */
function replica(): FileWriters {
  const writers = new FileWriters({ systems: [{ id: system, imsFile }] } as unknown as Configuration, setup.dataSource);
  writers.onApplicationBootstrap();
  open.push(writers);
  return writers;
}
const patience = 30_000;
const deliver = (...codes: string[]) =>
  deliverToFile(
    setup,
    imsFile,
    codes.map((code) => filePerson(code, { courses: [2] })),
  );
/** As if nothing had changed for a while. */
const settle = () => setup.dataSource.query(`update file_states set changed_at = changed_at - interval '1 minute'`);
const told = (): (string | undefined)[] => {
  if (!existsSync(file)) return [];
  return importAsMoodle(readFileSync(file, 'utf8')).members.map(({ idnumber, course }) => `${idnumber} ${course}`);
};
const becomes = (...expected: string[]) => eventually(() => expect(told()).toEqual(expected), patience);
const troubles = async (): Promise<string[]> =>
  ((await setup.dataSource.query('select "check" from operations.trouble order by 1')) as { check: string }[]).map(
    ({ check }) => check,
  );

it('what changes is in the file by itself, and so is what the table of courses says of it now', async () => {
  replica();
  await deliver('1');
  await becomes('1 CRS-002');
  await deliver('2');
  await settle();
  await becomes('1 CRS-002', '2 CRS-002');
  writeFileSync(table, '2,COURSE-2\n');
  await becomes('1 COURSE-2', '2 COURSE-2');
}, 120_000);

it('of two replicas one writes; when it stops the other goes on', async () => {
  const first = replica();
  await deliver('1');
  await settle();
  await becomes('1 CRS-002');
  replica();
  await first.beforeApplicationShutdown();
  await deliver('2');
  await settle();
  await becomes('1 CRS-002', '2 CRS-002');
}, 120_000);

it('a folder that is away is told and waited for, and nothing is told any more when it is there again', async () => {
  rmSync(folder, { recursive: true });
  replica();
  await deliver('1');
  await settle();
  await eventually(async () => expect(await troubles()).toEqual(['ims-file-unwritten']), patience);
  mkdirSync(folder);
  await becomes('1 CRS-002');
  await eventually(async () => expect(await troubles()).toEqual([]), patience);
}, 120_000);

it('a table that was away and is the same again leaves no trouble behind', async () => {
  const away = join(home, 'away.csv');
  replica();
  await deliver('1');
  await settle();
  await becomes('1 CRS-002');
  renameSync(table, away);
  await eventually(async () => expect(await troubles()).toEqual(['ims-file-unwritten']), patience);
  renameSync(away, table);
  await eventually(async () => expect(await troubles()).toEqual([]), patience);
  expect(told()).toEqual(['1 CRS-002']);
}, 120_000);

it('courses that are gone from the table are told, and told no more when they are back', async () => {
  replica();
  await deliver('1');
  await settle();
  await becomes('1 CRS-002');
  writeFileSync(table, '3,CRS-003\n');
  await eventually(async () => expect(await troubles()).toEqual(['ims-file-left-out']), patience);
  expect(told()).toEqual([]);
  writeFileSync(table, '2,CRS-002\n3,CRS-003\n#\n');
  await becomes('1 CRS-002');
  await eventually(async () => expect(await troubles()).toEqual([]), patience);
}, 120_000);

it('what dead writers left is removed; what another one is writing, and what is not ours, stays', async () => {
  const hoursAgo = (hours: number) => Date.now() / 1_000 - hours * 3_600;
  const lies = {
    ...{ 'enrol.xml.4711.part': 2, 'enrol.xml.0a1b2c3d4e5f.part': 2, '.0a1b2c3d4e5f.export': 2 },
    ...{ 'enrol.xml.ffffffffffff.part': 0, '.ffffffffffff.export': 0 },
    ...{ 'other.xml.0a1b2c3d4e5f.part': 2, 'enrol.xml.part': 2, 'enrol.xml.mine.part': 2, 'enrol.xml.bak': 2 },
  };
  for (const [name, age] of Object.entries(lies)) {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), hoursAgo(age), hoursAgo(age));
  }
  replica();
  const stays = Object.keys(lies).slice(3).sort();
  await eventually(() => expect(readdirSync(folder).sort()).toEqual(stays), patience);
}, 120_000);
