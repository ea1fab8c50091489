import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveErrands } from '#persistence';
import { CliSetup } from '../../../testing/cli-setup.js';
import { exitCodes } from '../../exit-codes.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-cli-export-'));
const moodles = join(folder, 'moodle');
const target = join(folder, 'state.xml');
const setup = new CliSetup();
const { itk, json } = setup;
const stopping = new AbortController();
let unmapped: number[] = [];

beforeAll(async () => {
  mkdirSync(moodles);
  await setup.open({ imsFile: { url: 'https://lms', file: join(moodles, 'enrol.xml'), zone: 'Europe/Moscow' } });
  // As course-enroller does: a copy beside the file.
  void serveErrands(
    setup.console.dataSource,
    'course-enroller',
    {
      'export-file': ({ payload }) => {
        writeFileSync(join(moodles, `.${(payload as { name: string }).name}`), '<enterprise/>');
        return Promise.resolve({ changed: 7, persons: 2, memberships: 5, unmapped });
      },
    },
    stopping.signal,
  );
});
beforeEach(() => {
  unmapped = [];
  rmSync(target, { force: true });
});
afterEach(() => setup.clear());
afterAll(async () => {
  stopping.abort();
  await setup.close();
  rmSync(folder, { recursive: true });
});

test('the present state is written where it was asked for, told, and kept in the audit; nothing stays beside', async () => {
  const done = await itk('ims', 'export', target, '--system', setup.system, '--why', 'a look');
  expect(done).toMatchObject({ code: 0, out: `${target}: persons 2, roles 5\n`, err: '' });
  expect(readFileSync(target, 'utf8')).toBe('<enterprise/>');
  expect(readdirSync(moodles)).toEqual([]);
  expect(
    await setup.console.dataSource.query(`select reason, number from console.audit where action = 'ims.export'`),
  ).toEqual([{ reason: 'a look', number: '2' }]);
});

test('courses that the table has lost are told, and the exit code says that not all is in it', async () => {
  unmapped = [17, 18];
  const done = await itk('ims', 'export', target, '--system', setup.system);
  expect(done).toMatchObject({ code: exitCodes.notAll, out: expect.stringMatching(/the file: 17, 18\n/) });
  expect(await json('ims', 'export', target, '--system', setup.system)).toEqual({
    ...{ file: target, persons: 2, memberships: 5, unmapped },
  });
});

test('a place that cannot be written to is said, and nothing stays beside', async () => {
  const nowhere = join(folder, 'none', 'state.xml');
  const done = await itk('ims', 'export', nowhere, '--system', setup.system);
  expect(done).toMatchObject({ code: exitCodes.away, err: expect.stringMatching(/not copied: ENOENT/) });
  expect(readdirSync(moodles)).toEqual([]);
});
