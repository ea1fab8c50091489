import { jest } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import type { Configuration } from '#platform';
import { infobaseOf, SynchronizerClients } from './clients.js';
import { ServiceClosingError } from './errors.js';

let database: TestDatabase;
let silent: Server;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  folder = mkdtempSync(join(tmpdir(), 'itk-clients-'));
  writeFileSync(join(folder, 'password'), 'x');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  silent.closeAllConnections();
  silent.close();
  await database?.drop();
});

const clientsOf = (dataSource: DataSource) =>
  new SynchronizerClients(
    {
      systems: [
        {
          id: 'lms',
          synchronizer: {
            url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/univer/ws/ITK_Synchronizer.1cws`,
            user: 'itk',
            passwordFile: join(folder, 'password'),
            namespace: 'http://itk.example.org/synchronizer',
            rename: {},
            errorCodePattern: '(x)',
          },
        },
      ],
    } as unknown as Configuration,
    dataSource,
  );

it('a call is given up when the infobase’s lock is lost, and none is made after it', async () => {
  const dataSource = createDataSource({ url: database.url, schema: 'itk', entities: [], migrations: [] });
  await dataSource.initialize();
  const clients = clientsOf(dataSource);
  let requests = 0;
  silent.on('request', () => (requests += 1));
  const asked = once(silent, 'request');
  const second: unknown[] = [];
  const end = clients
    .of('lms')
    .client.run(async (calls) => {
      try {
        return await calls.getStudents('LMS', 1);
      } catch {
        return await calls.setCronflag([{ code: '1', period: 1 }], 'LMS').catch((error: unknown) => second.push(error));
      }
    })
    .catch((error: unknown) => error);
  await asked;
  await dataSource.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
  );
  await end;
  expect(second).toMatchObject([{ name: 'ConnectionLostError' }]);
  expect(requests).toBe(1);
  await dataSource.destroy();
});

it('a closing service begins no call of 1C, and after 10 s gives up the one under way', async () => {
  const dataSource = createDataSource({ url: database.url, schema: 'itk', entities: [], migrations: [] });
  const clients = clientsOf(dataSource);
  let requests = 0;
  silent.on('request', () => (requests += 1));
  const asked = once(silent, 'request');
  const calls = [clients.of('lms').client.probe(), clients.of('lms').client.probe()];
  const ends = calls.map((call) => call.catch((error: unknown) => error));
  await asked;

  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance'] });
  clients.onModuleDestroy();
  jest.advanceTimersByTime(10_000);
  jest.useRealTimers();
  for (const end of ends) expect(await end).toBeInstanceOf(ServiceClosingError);
  expect(requests).toBe(1);
});

it('knows publications of one infobase by their address', () => {
  const same = [
    'https://1C.example.edu/Univer/ws/ITK_Synchronizer.1cws',
    'https://1c.example.edu/univer/ws/itk_synchronizer',
    'https://1c.example.edu/univer/',
  ].map(infobaseOf);
  expect(new Set(same)).toEqual(new Set(['https://1c.example.edu/univer']));
  expect(infobaseOf('https://1c.example.edu/other/ws/ITK_Synchronizer.1cws')).not.toBe(same[0]);
});
