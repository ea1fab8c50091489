import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { local, placeFor, plain, quotable, removePlaces } from './places.mjs';
import { startPostgres, stopPostgres } from '../postgres/postgres.mjs';
import { startRabbit, stopRabbit } from '../rabbitmq/rabbitmq.mjs';

const hostile = join(local, 'private', `Мой проект [1] & it's $ко ${process.pid}`);
afterEach(() => removePlaces(hostile));

test('what RabbitMQ cannot bear in a path', () => {
  expect(plain('/home/user/Integration-Toolkit_2.0+x@y/.local/start')).toBe(true);
  for (const path of ['/tmp/проект', '/tmp/a b', '/tmp/a(1)', '/tmp/a[1]', "/tmp/it's", '/tmp/a&b', '/tmp/a~p', ''])
    expect([path, plain(path)]).toEqual([path, false]);
});

test('what PostgreSQL cannot bear in a path', () => {
  for (const path of ['/tmp/Мой проект (1) & it’s', "/tmp/it's [1] 100%"]) expect(quotable(path)).toBe(true);
  for (const path of ['/tmp/$1', '/tmp/`a`', '/tmp/a"b', '/tmp/a\\b'])
    expect([path, quotable(path)]).toEqual([path, false]);
});

test('a folder that its server cannot bear has a stand-in that it can, always the same, and both are removed', () => {
  const place = placeFor(hostile, plain);
  expect([plain(place), existsSync(place), placeFor(hostile, plain)]).toEqual([true, true, place]);
  expect(placeFor(join(hostile, 'other'), plain)).not.toBe(place);
  expect(placeFor(hostile, () => true)).toBe(hostile);
  removePlaces(hostile);
  expect([existsSync(hostile), existsSync(place)]).toEqual([false, false]);
});

test('the stand-in of a folder outside the checkout is named after that folder', () => {
  const place = placeFor(hostile, plain, hostile);
  expect([plain(place), basename(place).startsWith('integration-toolkit-')]).toEqual([true, true]);
  expect(place).not.toBe(placeFor(local, () => false));
  rmSync(place, { recursive: true });
});

test('a database starts whatever its folder is called', async () => {
  const server = await startPostgres({ directory: hostile, fresh: true, durable: false });
  await stopPostgres(server);
  expect(server.data).not.toContain('$');
}, 120_000);

test('a broker starts whatever its folder is called', async () => {
  const server = await startRabbit({ directory: hostile, fresh: true });
  await stopRabbit(server, { force: true });
  expect(existsSync(join(hostile, 'rabbitmq.log'))).toBe(true);
}, 120_000);
