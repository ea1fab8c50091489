import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { acquireLease, lockNumber, withAdvisoryLock, type Lease } from './advisory-lock.js';
import { eventually } from '../testing/eventually.js';
import { LockSetup } from '../testing/lock-setup.js';
import { ConnectionLostError } from '../connection/watched-connection.js';

const setup = new LockSetup();
const { address, kill, process: process_, sessions } = setup;
const forever = new AbortController().signal;

test('one at a time per key, over processes and within one; other keys go on', async () => {
  const key = randomUUID();
  const here = process_();
  let inside = 0;
  let most = 0;
  const work = async (): Promise<number> => {
    most = Math.max(most, ++inside);
    await setup.control.query('select 1');
    await withAdvisoryLock(here, `${key} of its own`, async () => undefined);
    return inside--;
  };
  await Promise.all(
    [here, process_(), process_(), here, process_(), here].map((place) => withAdvisoryLock(place, key, work)),
  );
  expect(most).toBe(1);
  expect(inside).toBe(0);
});

test('released when the work fails; the failure is passed on', async () => {
  const key = randomUUID();
  const place = process_();
  await expect(withAdvisoryLock(place, key, () => Promise.reject(new Error('1C said no')))).rejects.toThrow(
    '1C said no',
  );
  expect(await withAdvisoryLock(process_(), key, async () => 'next')).toBe('next');
  await eventually(async () => expect(await sessions(key, true)).toEqual([]));
});

test('a connection lost during the work is told to the work, and another may go on', async () => {
  const key = randomUUID();
  const place = process_();
  let other: Promise<string> | undefined;
  const result = await withAdvisoryLock(place, key, async (held) => {
    other = withAdvisoryLock(process_(), key, async () => 'the other');
    await kill(key);
    await eventually(() => expect(held.reason).toBeInstanceOf(ConnectionLostError));
    return other;
  });
  expect(result).toBe('the other');
});

test('a connection lost while waiting is replaced', async () => {
  const key = randomUUID();
  const lease = await acquireLease(setup.url, key, forever);
  const waiting = withAdvisoryLock(process_(), key, async () => 'mine');
  await eventually(async () => expect(await sessions(key, false)).toHaveLength(1));
  const [first] = await sessions(key, false);
  await kill(key, false);
  await eventually(async () => {
    const [second] = await sessions(key, false);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
  });
  await lease.release();
  expect(await waiting).toBe('mine');
});

test('a lease passes over when its holder is cut off, and the holder hears of it', async () => {
  const key = randomUUID();
  const first = await acquireLease(setup.url, key, forever);
  let second: Lease | undefined;
  const candidacy = acquireLease(address(), key, forever).then((lease) => (second = lease));
  await eventually(async () => expect(await sessions(key, false)).toHaveLength(1));
  expect(second).toBeUndefined();
  expect(first.lost.aborted).toBe(false);
  await kill(key);
  await candidacy;
  await eventually(() => expect(first.lost.reason).toBeInstanceOf(ConnectionLostError));
  expect(second!.lost.aborted).toBe(false);
  await first.release();
  expect(await sessions(key, true)).toHaveLength(1);
  await second!.release();
  expect(await sessions(key, true)).toEqual([]);
  expect(second!.lost.aborted).toBe(false);
});

test('released at once: whoever comes after finds the lock free', async () => {
  const key = randomUUID();
  const lease = await acquireLease(setup.url, key, forever);
  await lease.release();
  await lease.release();
  const { rows } = await setup.control.query('select pg_try_advisory_lock($1::bigint) as free', [
    lockNumber(key).toString(),
  ]);
  expect(rows).toEqual([{ free: true }]);
  await setup.control.query('select pg_advisory_unlock($1::bigint)', [lockNumber(key).toString()]);
});

test('waiting can be given up, and leaves no one in the queue', async () => {
  const key = randomUUID();
  const holder = await acquireLease(setup.url, key, forever);
  const candidacy = new AbortController();
  const waiting = acquireLease(address(), key, candidacy.signal);
  const answer = expect(waiting).rejects.toThrow('shutting down');
  await eventually(async () => expect(await sessions(key, false)).toHaveLength(1));
  candidacy.abort(new Error('shutting down'));
  await answer;
  await eventually(async () => expect(await sessions(key, false)).toEqual([]));
  await holder.release();
});

test('given up while the connection is still being made, it does not wait for the lock', async () => {
  const key = randomUUID();
  const holder = await acquireLease(setup.url, key, forever);
  const candidacy = new AbortController();
  const waiting = acquireLease(address(), key, candidacy.signal);
  candidacy.abort(new Error('closing'));
  await expect(waiting).rejects.toThrow('closing');
  await eventually(async () => expect(await sessions(key, false)).toEqual([]));
  await holder.release();
});

test('a lease is waited for while the server cannot be reached, but not with a wrong address', async () => {
  const away = new AbortController();
  const waiting = acquireLease('postgres://postgres:x@127.0.0.1:1/none', 'key', away.signal);
  const answer = expect(waiting).rejects.toThrow('enough');
  await turn();
  away.abort(new Error('enough'));
  await answer;
  const nowhere = new URL(setup.url);
  nowhere.pathname = '/itk_no_such_database';
  await expect(acquireLease(nowhere.href, 'key', forever)).rejects.toMatchObject({ code: '3D000' });
});

test('a connection that falls silent is noticed by its heartbeat', async () => {
  const silent = await silenceable(new URL(setup.url));
  const lease = await acquireLease(silent.url, randomUUID(), forever);
  silent.begin();
  await eventually(() => expect(lease.lost.reason).toBeInstanceOf(ConnectionLostError), 15_000);
  await lease.release();
  silent.close();
});

/** An address in front of the server; after `begin` it passes nothing on, and closes nothing either. */
async function silenceable(server: URL): Promise<{ url: string; begin(): void; close(): void }> {
  const sockets: Socket[] = [];
  let silent = false;
  const front = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    sockets.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => silent || to.write(data)).on('error', () => undefined);
      from.on('close', () => silent || to.destroy());
    }
  });
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening));
  const url = new URL(server);
  url.host = `127.0.0.1:${(front.address() as AddressInfo).port}`;
  return {
    url: url.href,
    begin: () => void (silent = true),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      front.close();
    },
  };
}

test('keys are spread over the whole 64 bits, signed', () => {
  const numbers = Array.from({ length: 2_000 }, (_, n) => lockNumber(`key ${n}`));
  expect(new Set(numbers).size).toBe(2_000);
  expect(numbers.every((n) => n === BigInt.asIntN(64, n))).toBe(true);
  expect(numbers.filter((n) => n < 0n).length).toBeGreaterThan(900);
  expect(numbers.filter((n) => n < 0n).length).toBeLessThan(1_100);
});
