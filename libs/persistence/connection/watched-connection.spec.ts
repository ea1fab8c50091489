import { eventually } from '../testing/eventually.js';
import { LockSetup } from '../testing/lock-setup.js';
import { ConnectionLostError, openWatchedConnection } from './watched-connection.js';

const setup = new LockSetup();

test('a session that the server ends in the midst of a question is lost before the question is refused', async () => {
  const connection = await openWatchedConnection(setup.url, 'spec');
  const [{ pid }] = (await connection.ask<{ pid: number }>('select pg_backend_pid() as pid')) as [{ pid: number }];
  const lostWhenRefused = connection.ask('select pg_sleep(60)').catch(() => connection.lost.aborted);
  await setup.control.query('select pg_terminate_backend($1)', [pid]);
  expect(await lostWhenRefused).toBe(true);
  await connection.close();
});

test('a process that stands still is forgotten by the server, so that others get its locks; it hears of it', async () => {
  const still = await openWatchedConnection(setup.url, 'spec', undefined, 300);
  await eventually(() => expect(still.lost.reason).toBeInstanceOf(ConnectionLostError));
  expect((still.lost.reason as Error).cause).toMatchObject({ code: '57P05' });
  const alive = await openWatchedConnection(setup.url, 'spec');
  expect(await alive.ask('show idle_session_timeout')).toEqual([{ idle_session_timeout: '30s' }]);
  await alive.close();
});
