import { LockSetup } from '../testing/lock-setup.js';
import { openWatchedConnection } from './watched-connection.js';

const setup = new LockSetup();

test('a session that the server ends in the midst of a question is lost before the question is refused', async () => {
  const connection = await openWatchedConnection(setup.url, 'spec');
  const [{ pid }] = (await connection.ask<{ pid: number }>('select pg_backend_pid() as pid')) as [{ pid: number }];
  const lostWhenRefused = connection.ask('select pg_sleep(60)').catch(() => connection.lost.aborted);
  await setup.control.query('select pg_terminate_backend($1)', [pid]);
  expect(await lostWhenRefused).toBe(true);
  await connection.close();
});
