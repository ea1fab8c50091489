import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, withLock } from './lock.mjs';
import { endServer, identityOf, isRunning, recordOf, startServer, waitUntil } from './processes.mjs';
import { watchOver } from './watchdog.mjs';

/** @import { ProcessRecord } from './processes.mjs' */

/** @type {string} */
let folder;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'itk-processes-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (/** @type {string} */ script) =>
  startServer('/bin/sh', ['-c', script], { log: join(folder, 'log'), env: process.env });
const gone = (/** @type {ProcessRecord} */ record) => waitUntil(() => !isRunning(record), { timeout: 10_000 });

test('a process is known by its number and its time of start', () => {
  const me = recordOf(process.pid);
  expect(isRunning(me)).toBe(true);
  expect(isRunning({ ...me, since: `${me.since}0` })).toBe(false);
  expect(isRunning({ pid: me.pid })).toBe(false);
  expect(isRunning(undefined)).toBe(false);
  expect(identityOf(-1)).toBeUndefined();
  expect(identityOf(Number('nonsense'))).toBeUndefined();
});

test('a number that was given to somebody else meanwhile is left alone', async () => {
  const server = start('sleep 60');
  const stale = { pid: server.pid, since: 'an earlier boot' };
  expect(await endServer(stale)).toBe(false);
  expect(isRunning(server)).toBe(true);
  expect(await endServer(server)).toBe(true);
  expect(isRunning(server)).toBe(false);
});

test('a whole group ends, and by force when it does not listen', async () => {
  const children = join(folder, 'children');
  const server = start(`trap '' TERM; (trap '' TERM; sleep 60) & echo $! > ${children}; wait; sleep 60`);
  await waitUntil(
    () => {
      try {
        return readFileSync(children, 'utf8').trim();
      } catch {
        return false;
      }
    },
    { timeout: 5_000 },
  );
  const child = recordOf(Number(readFileSync(children, 'utf8')));
  expect(isRunning(child)).toBe(true);
  await endServer(server, { grace: 100 });
  expect(isRunning(server)).toBe(false);
  await gone(child);
});

test('servers end when the process that watches over them is killed; a recycled number is left alone', async () => {
  const server = start('sleep 60');
  const ended = start('exit 0');
  await gone(ended);
  const stranger = start('sleep 60');
  const records = [ended, { pid: stranger.pid, since: `${stranger.since}0` }, server];
  const orders = JSON.stringify(records.map(({ pid, since }) => ({ pid, since })));
  const url = new URL('./watchdog.mjs', import.meta.url).href;
  const owner = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { watchOver } from ${JSON.stringify(url)}; const dog = watchOver(); ${orders}.forEach(dog.add);
      process.stdout.write(String(dog.pid)); setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const dog = recordOf(Number(await new Promise((resolve) => owner.stdout.once('data', resolve))));
  expect(isRunning(server)).toBe(true);
  owner.kill('SIGKILL');
  await gone(server);
  await gone(dog);
  expect(isRunning(stranger)).toBe(true);
  await endServer(stranger);
});

test('a dismissed watchdog touches nothing', async () => {
  const server = start('sleep 60');
  const watchdog = watchOver();
  watchdog.add(server);
  watchdog.dismiss();
  await gone({ pid: watchdog.pid, since: identityOf(watchdog.pid) });
  expect(isRunning(server)).toBe(true);
  await endServer(server);
});

test('waiting ends with what the server died of', async () => {
  const server = start('exit 7');
  await expect(waitUntil(() => false, { timeout: 10_000, failure: server.failure })).rejects.toThrow('exit 7');
});

test('a lock is held by the living only', async () => {
  const file = join(folder, 'lock');
  const mine = tryLock(file);
  expect(tryLock(file).holder?.pid).toBe(process.pid);
  mine.release?.();
  writeFileSync(file, JSON.stringify({ pid: process.pid, since: 'an earlier boot' }));
  const stolen = tryLock(file);
  expect(stolen.release).toBeDefined();
  stolen.release?.();
});

test('work under a lock goes one at a time', async () => {
  const file = join(folder, 'turns');
  let inside = 0;
  const turns = await Promise.all(
    [1, 2, 3].map((turn) =>
      withLock(file, async () => {
        expect(++inside).toBe(1);
        await new Promise(setImmediate);
        inside--;
        return turn;
      }),
    ),
  );
  expect(turns).toEqual([1, 2, 3]);
});
