import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { acquireLease, lockNumber, withAdvisoryLock, type Lease } from './advisory-lock.js';
import { eventually } from '../testing/eventually.js';
import { LockSetup } from '../testing/lock-setup.js';
import { ConnectionLostError } from '../connection/watched-connection.js';

const setup = new LockSetup();
const { address, kill, process: process_, sessions } = setup;
const forever = new AbortController().signal;

test('one connection serves all locks; a dead one is replaced; nobody needs it: it closes', async () => {
  const place = process_();
  const once = async () => {
    const key = randomUUID();
    return withAdvisoryLock(place, key, async () => (await sessions(key, true))[0]);
  };
  const first = await once();
  expect(first).toBeDefined();
  expect(await Promise.all([once(), once(), once()])).toEqual([first, first, first]);
  await setup.control.query('select pg_terminate_backend($1)', [first]);
  const second = await once();
  expect(second).toBeDefined();
  expect(second).not.toBe(first);
  const leases = `select pid from pg_stat_activity where application_name = 'itk leases' and pid = any($1)`;
  await eventually(async () => expect((await setup.control.query(leases, [[first, second]])).rows).toEqual([]));
});

test('lost together: every holder of the process hears of it, and another process has the locks', async () => {
  const keys = Array.from({ length: 20 }, () => randomUUID());
  const here = await Promise.all(keys.map((key) => acquireLease(setup.url, key, forever)));
  const pids: number[] = [];
  for (const key of keys) pids.push(...(await sessions(key, true)));
  expect([pids.length, new Set(pids).size]).toEqual([20, 1]);
  const elsewhere = address();
  const there = keys.map((key) => acquireLease(elsewhere, key, forever));
  await eventually(async () => {
    for (const key of keys) expect(await sessions(key, false)).toHaveLength(1);
  });
  await kill(keys[0]!);
  const taken = await Promise.all(there);
  await eventually(() => {
    for (const lease of here) expect(lease.lost.reason).toBeInstanceOf(ConnectionLostError);
  });
  await Promise.all([...here, ...taken].map((lease) => lease.release()));
  for (const key of keys) expect([...(await sessions(key, true)), ...(await sessions(key, false))]).toEqual([]);
});

test('within a process the same key is held once; whoever waits there can give up', async () => {
  const key = randomUUID();
  const first = await acquireLease(setup.url, key, forever);
  const candidacy = new AbortController();
  const impatient = acquireLease(setup.url, key, candidacy.signal);
  const answer = expect(impatient).rejects.toThrow('enough');
  let second: Lease | undefined;
  const patient = acquireLease(setup.url, key, forever).then((lease) => (second = lease));
  await (await acquireLease(setup.url, randomUUID(), forever)).release(); // waiting holds up no other lock
  candidacy.abort(new Error('enough'));
  await answer;
  expect(second).toBeUndefined();
  await first.release();
  await (await patient).release();
  expect(await sessions(key, true)).toEqual([]);
});

test('who wants the lock again and again does not get it before those who wait elsewhere', async () => {
  const key = randomUUID();
  const greedy = process_();
  let [turns, done] = [0, false];
  const again = async (): Promise<void> => {
    while (!done) await withAdvisoryLock(greedy, key, async () => void (turns += 1));
  };
  const running = [again(), again()];
  await eventually(() => expect(turns).toBeGreaterThan(5));
  const waiters = [process_(), process_()].map((place) => withAdvisoryLock(place, key, async () => turns));
  await Promise.all(waiters);
  done = true;
  await Promise.all(running);
});

test('whoever gives a lock back says so to those who wait', async () => {
  const key = randomUUID();
  const heard: (string | undefined)[] = [];
  setup.control.on('notification', ({ payload }) => heard.push(payload));
  await setup.control.query('listen itk_leases');
  await (await acquireLease(setup.url, key, forever)).release();
  await eventually(() => expect(heard).toContain(lockNumber(key).toString()));
  await setup.control.query('unlisten itk_leases');
});

test('a server that refuses is asked again after a rest, and keeps nothing of what it refused', async () => {
  const key = randomUUID();
  const asked: number[] = [];
  const place = address();
  const other = await acquireLease(place, randomUUID(), forever);
  const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>;
  const refusing = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(async function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const answer = await query.apply(this, given);
    if (!String(given[0]).includes('pg_try_advisory_lock') || asked.push(Date.now()) > 3) return answer;
    // After the deed: what the server did before it gave up is not known.
    throw Object.assign(new pg.DatabaseError('out of shared memory', 0, 'error'), {
      code: asked.length % 2 ? '53200' : '57014',
    });
  } as never);
  try {
    const lease = await acquireLease(place, key, forever);
    expect(asked).toHaveLength(4);
    expect(asked[3]! - asked[0]!).toBeGreaterThanOrEqual(1_600);
    await lease.release();
    expect([...(await sessions(key, true)), ...(await sessions(key, false))]).toEqual([]);
    asked.length = 0;
    await expect(withAdvisoryLock(process_(), key, async () => 'never')).rejects.toMatchObject({ code: '53200' });
    expect(other.lost.aborted).toBe(false);
  } finally {
    refusing.mockRestore();
    await other.release();
  }
});

test('a server that takes the call and says nothing holds up nobody who gives up', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((listening) => mute.listen(0, '127.0.0.1', listening));
  const url = new URL(setup.url);
  url.host = `127.0.0.1:${(mute.address() as AddressInfo).port}`;
  const called = once(mute, 'connection') as Promise<[Socket]>;
  const closing = new AbortController();
  const waiting = acquireLease(url.href, 'key', closing.signal);
  const answer = expect(waiting).rejects.toThrow('closing');
  const [socket] = await called;
  const cut = once(socket.resume(), 'close');
  closing.abort(new Error('closing'));
  await answer;
  await cut;
  await new Promise((closed) => mute.close(closed));
});
