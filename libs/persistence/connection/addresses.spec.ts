import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SettingError } from '#platform';
import { certificateFor } from '#platform/testing';
import { createDataSource } from './data-source.js';
import { openMigrated } from '../schema/migrate.js';
import { proveOwnSessions } from './schema-client.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';

let database: TestDatabase;
const servers: Server[] = [];
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(async () => {
  for (const server of servers) server.close();
  await database.drop();
});

const open = (url: string) => openMigrated(createDataSource({ url, schema: 'poolers', entities: [], migrations: [] }));
const troubleOf = (url: string): Promise<unknown> =>
  open(url).then(
    () => 'opened',
    (error: unknown) => (error instanceof SettingError ? error.trouble.cause : error),
  );
const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

async function serving(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return changed((url) => {
    url.hostname = '127.0.0.1';
    url.port = String(port);
  });
}

/** Passes everything on, once the first message (the start-up packet) has been looked at. */
const pooler = (begin: (packet: Buffer, socket: Socket) => Buffer | undefined): Promise<string> =>
  serving((socket) => {
    const { hostname, port } = new URL(database.url);
    socket.once('data', (packet: Buffer) => {
      const forward = begin(packet, socket);
      if (forward === undefined) return;
      const server = connect(Number(port), hostname);
      server.on('error', () => socket.destroy());
      server.write(forward);
      socket.pipe(server).pipe(socket);
    });
  });

const parametersOf = (packet: Buffer): string[] => packet.subarray(8).toString().split('\0');

/** As PgBouncer 1.18 answers. */
function refusal(text: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${text}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

describe('a pooler', () => {
  test('that refuses start parameters but the usual ones is no hindrance; tables lie in the service’s schema', async () => {
    const url = await pooler((packet, socket) => {
      const odd = parametersOf(packet)
        .filter((_, index) => index % 2 === 0)
        .includes('options');
      if (!odd) return packet;
      socket.end(refusal('unsupported startup parameter: options'));
      return undefined;
    });
    const dataSource = await open(url);
    const rows = await dataSource.query<{ schema: string }[]>('select current_schema() as schema');
    expect(rows).toEqual([{ schema: 'poolers' }]);
    await dataSource.query('create table here (n integer)');
    expect(await dataSource.query(`select schemaname from pg_tables where tablename = 'here'`)).toEqual([
      { schemaname: 'poolers' },
    ]);
    await dataSource.destroy();
  });

  test('in transaction mode lends one session to two: named, with what to do', () => {
    const own = [
      [17, 17, 17],
      [18, 18],
    ] as const;
    expect(() => proveOwnSessions(own)).not.toThrow();
    for (const lent of [[[17], [17]] as const, [[17, 17, 18], [18]] as const, [[17], [18, 19]] as const])
      expect(() => proveOwnSessions(lent)).toThrow(/pool_mode = session/);
  });
});

describe('what does not get better by itself is named at once', () => {
  test('a wrong password, an unknown user, an unknown database', async () => {
    expect(await troubleOf(changed((url) => (url.password = 'wrong')))).toBe('database-credentials');
    expect(await troubleOf(changed((url) => (url.username = 'nobody-here')))).toBe('database-credentials');
    expect(await troubleOf(changed((url) => (url.pathname = '/nowhere')))).toBe('database-missing');
  });

  test('a server without TLS, and certificates: self-signed, of a foreign host, expired', async () => {
    const secured = (url: string): string => `${url}?sslmode=verify-full`;
    expect(await troubleOf(secured(database.url))).toBe('database-without-tls');
    const withCertificate = async (host: string, until?: number): Promise<string> => {
      const certificate = await certificateFor(host, until === undefined ? {} : { until });
      return secured(
        await serving((socket) =>
          socket.once('data', () => {
            socket.write('S');
            new TLSSocket(socket, { isServer: true, ...certificate }).on('error', () => undefined);
          }),
        ),
      );
    };
    expect(await troubleOf(await withCertificate('127.0.0.1'))).toBe('certificate-self-signed');
    expect(await troubleOf(await withCertificate('127.0.0.1', -1))).toMatch(/certificate-(expired|self-signed)/);
  });
});
