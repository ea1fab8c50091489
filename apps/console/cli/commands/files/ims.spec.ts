import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveErrands } from '#persistence';
import { CliSetup } from '../../../testing/cli-setup.js';
import { exitCodes } from '../../exit-codes.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-cli-ims-'));
const setup = new CliSetup();
const { itk, json } = setup;
const stopping = new AbortController();
const asked: unknown[] = [];

const counts = {
  ...{ groups: 1, persons: 2, memberships: 3, problems: 0, coursesNew: 1 },
  ...{ created: 1, changed: 1, removed: 0, again: 0, membershipsNew: 3, membershipsRemoved: 0 },
};
const problems = [{ line: 4, element: 'person', code: null, cause: 'no-id', reason: { ru: 'нет', en: 'no code' } }];
/** Files in the folder, as a gateway that takes each at once would list them. */
const taken = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name, index) => ({
      ...{ id: index + 1, name, content: 'delta', state: 'applied', filedAs: `archive/${name}`, counts },
      ...{ claimedAt: '2026-11-27T09:00:00.000Z', finishedAt: null, damage: null, decision: null },
      outcomes: { done: 2 },
    }));

beforeAll(async () => {
  mkdirSync(join(folder, '.tries'));
  writeFileSync(join(folder, 'ready'), 'x');
  await setup.open({ ims: { folder, zone: 'Europe/Moscow' } });
  void serveErrands(
    setup.console.dataSource,
    'ims-gateway',
    {
      'list-files': () => Promise.resolve({ files: taken() }),
      'show-file': ({ payload }) =>
        Promise.resolve({
          file:
            (payload as { file: number }).file === 1
              ? { ...taken()[0], problems, changes: [{ code: '7', change: 'created', state: 'done' }] }
              : null,
        }),
      'try-file': ({ payload }) => {
        const path = join(folder, '.tries', (payload as { name: string }).name);
        asked.push(readFileSync(path, 'utf8'));
        return Promise.resolve({
          content: 'snapshot',
          counts,
          held: true,
          problems,
          changes: [{ code: '7', change: 'removed' }],
        });
      },
      'release-files': ({ payload }) => Promise.resolve((asked.push(payload), { number: 1 })),
      'discard-files': ({ payload }) => Promise.resolve((asked.push(payload), { number: 0 })),
    },
    stopping.signal,
  );
});
afterEach(() => setup.clear());
afterAll(async () => {
  stopping.abort();
  await setup.close();
  rmSync(folder, { recursive: true });
});

const source = join(folder, 'ready');

test('import puts a whole file into the folder, waits for its end and tells it', async () => {
  const done = await itk('ims', 'import', source, '--system', setup.system, '--why', 'term');
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/File 1: ready-\w{8}\.xml, applied\n.*persons 2/) });
  expect(readdirSync(folder).filter((name) => name.startsWith('ready-'))).toHaveLength(1);
  expect(
    await setup.console.dataSource.query(`select reason, number from console.audit where action = 'ims.import'`),
  ).toEqual([{ reason: 'term', number: '2' }]);
});

test('a dry run says what would change, and that it would be held; the folder stays as it is', async () => {
  const tried = await itk('ims', 'import', source, '--system', setup.system, '--dry-run');
  expect(tried.code).toBe(exitCodes.notAll);
  expect(tried.out).toMatch(/A try: nothing is written[^]*would be held[^]*4 +person +- +no-id +no code[^]*7 +removed/);
  expect(asked.splice(0)).toEqual(['x']);
  expect(readdirSync(folder).filter((name) => name.startsWith('ready-'))).toHaveLength(1);
});

test('files, one of them, and none of that number', async () => {
  expect((await itk('ims', 'files', setup.system)).out).toMatch(/1 +ready-\w+\.xml .* applied +2 +0 +done 2/);
  expect((await itk('ims', 'files', setup.system, '1')).out).toMatch(/no code[^]*7 +new +done/);
  expect(await json('ims', 'files', setup.system, '1')).toMatchObject({ id: 1, problems });
  expect((await itk('ims', 'files', setup.system, '2')).code).toBe(exitCodes.notFound);
  expect((await itk('ims', 'files', setup.system, 'two')).code).toBe(exitCodes.usage);
});

test('what is held is released, or discarded, whole or by number', async () => {
  expect((await itk('ims', 'release', setup.system, '1', '--why', 'checked')).out).toMatch(/Files released: 1/);
  expect((await itk('ims', 'discard', setup.system)).out).toMatch(/Files discarded: 0/);
  expect(asked.splice(0)).toEqual([{ files: [1], why: 'checked' }, {}]);
});

test('a file that is not there is said', async () => {
  expect(await itk('ims', 'import', join(folder, 'none.xml'), '--system', setup.system)).toMatchObject({
    ...{ code: exitCodes.usage, err: expect.stringMatching(/not copied to .*ENOENT/) },
  });
});
