import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { acquireLease, isDatabaseAway, proveRoom } from '#persistence';
import { eventually } from '#persistence/testing';
import { canHaveDisk, startPostgres, type DisposablePostgres } from '../../tools/servers/disposable.mjs';
import { Setup } from './testing/setup.js';

/** Real servers, really away. */
let postgres: DisposablePostgres;
let url: string;
const clients: pg.Client[] = [];

const connect = async (address: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: address });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
};
const part = (address: string, user: string, database: string): string => {
  const parts = new URL(address);
  if (user) [parts.username, parts.password] = [user, 'app'];
  parts.pathname = `/${database}`;
  return parts.href;
};
const asSuperuser = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = await connect(part(postgres.url, '', 'app'));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
const run = (sql: string) => asSuperuser((client) => client.query(sql));
const cutAll = () =>
  run(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and application_name like 'itk%'`);
const shutDown = async (): Promise<void> => {
  postgres.kill('SIGINT');
  await eventually(() => expect(existsSync(join(postgres.data, 'postmaster.pid'))).toBe(false));
};

beforeAll(async () => {
  postgres = await startPostgres({
    durable: false,
    settings: ['max_connections=16', 'superuser_reserved_connections=3'],
    ...(canHaveDisk() && { smallDisk: 16 }),
  });
  const client = await connect(postgres.url);
  await client.query(`create role app login password 'app'`);
  await client.query('create database app owner app');
  await client.end();
  url = part(postgres.url, 'app', 'app');
}, 60_000);
afterAll(async () => {
  await Promise.allSettled(clients.map((client) => client.end()));
  await postgres?.stop();
});

/** Subscriptions to pauses that the server knows, and how many sessions it has had. */
const subscriptions = () =>
  asSuperuser(async (client) => {
    const { rows } = await client.query(
      `select (select count(*)::int from pg_stat_activity where application_name = 'itk pauses') as "now",
              (select sum(sessions)::int from pg_stat_database) as "ever"`,
    );
    return rows[0] as { now: number; ever: number };
  });

const hogs: pg.Client[] = [];
const fill = async (): Promise<void> => {
  for (;;)
    try {
      hogs.push(await connect(url));
    } catch (error) {
      if ((error as { code?: string }).code !== '53300') throw error;
      return;
    }
};

interface Outage {
  what: string;
  begin(): Promise<unknown>;
  /** What holds in the meantime. */
  meanwhile?(setup: Setup): Promise<void>;
  end(): Promise<unknown>;
}

const outages: Outage[] = [
  {
    what: 'stopped and started again',
    begin: shutDown,
    end: () => postgres.start(),
  },
  {
    what: 'a hot standby, and promoted again',
    begin: async () => {
      await shutDown();
      writeFileSync(join(postgres.data, 'standby.signal'), '');
      await postgres.start();
    },
    meanwhile: async (setup) => {
      await expect(setup.dataSource.query('create table no_room (n int)')).rejects.toMatchObject({ code: '25006' });
      await expect(proveRoom((sql) => setup.dataSource.query(sql))).rejects.toMatchObject({ code: '25006' });
      const enough = new AbortController();
      const lease = acquireLease(url, 'a lease of a standby', enough.signal).then(
        () => 'had',
        () => 'not had',
      );
      const { ever } = await subscriptions();
      await eventually(async () => {
        const { now, ever: since } = await subscriptions();
        if (now > 1) throw Object.assign(new Error('leaks'), { now });
        expect(since - ever).toBeGreaterThan(15);
      });
      await eventually(async () => expect((await subscriptions()).now).toBe(0));
      enough.abort();
      expect(await lease).toBe('not had');
    },
    end: () => run('select pg_promote()'),
  },
  {
    what: 'out of connections',
    begin: async () => {
      await eventually(async () => {
        await fill();
        expect((await cutAll()).rowCount).toBe(0);
      });
    },
    meanwhile: async (setup) => {
      const refused = await setup.dataSource.query('select 1').catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: '53300' });
      expect(isDatabaseAway(refused)).toBe(true);
    },
    end: () => Promise.all(hogs.splice(0).map((hog) => hog.end())),
  },
  {
    what: 'cutting every connection (57P01)',
    begin: cutAll,
    end: () => Promise.resolve(),
  },
];

const count = 120;

async function through(outage: Outage): Promise<void> {
  const setup = await new Setup().open(url);
  setups.push(setup);
  let begun: Promise<unknown> | undefined;
  setup.midst = async (size) => {
    if (begun || size > 1) await (begun ??= outage.begin());
  };
  await setup.publish(count);
  setup.start();
  await eventually(async () => {
    await setup.depth();
    expect(setup.calls.filter(({ ended }) => ended && ended !== 'well').length).toBeGreaterThan(0);
  }, 20_000);
  await begun;
  await outage.meanwhile?.(setup);
  await setup.depth();
  const failed = setup.calls.filter(({ ended }) => ended !== 'well');
  await outage.end();
  await eventually(async () => {
    await setup.depth();
    expect(await setup.written()).toEqual({ codes: count, most: 1 });
  }, 20_000);
  await eventually(async () => expect(await setup.depth()).toBe(0));
  expect(setup.highest).toBeLessThanOrEqual(count);
  expect(await setup.waitingElsewhere()).toBe(0);
  expect(failed.map(({ ended }) => ended).filter((error) => !isDatabaseAway(error))).toEqual([]);
  expect([...setup.attempts]).toEqual([0]);
  expect(setup.probes).toBe(0);
  // One call met it; those after it tried one message, and none looked for a culprit.
  expect(failed.slice(1).map(({ size }) => size)).toEqual(failed.slice(1).map(() => 1));
}

const setups: Setup[] = [];
afterEach(async () => {
  await Promise.all(hogs.splice(0).map((hog) => hog.end()));
  await Promise.all(setups.splice(0).map((setup) => setup.close()));
});

describe('a database that is', () => {
  it.each(outages)('$what: everything waits untouched, goes on alone, and is done once', through, 60_000);

  it('too slow for its statement_timeout (57014)', async () => {
    await run(`alter role app set statement_timeout = '150ms'`);
    const locker = await connect(part(postgres.url, '', 'app'));
    await through({
      what: '',
      begin: async () => {
        await locker.query('begin');
        await locker.query('lock table outages.written in access exclusive mode');
      },
      end: () => locker.query('rollback'),
    });
    await run('alter role app reset statement_timeout');
  }, 60_000);

  (canHaveDisk() ? it : it.skip)(
    'out of disk space (53100)',
    async () => {
      await run('drop table outages.written');
      const client = await connect(part(postgres.url, '', 'app'));
      await client.query(`create tablespace small location '${postgres.disk}'`);
      await client.query('grant create on tablespace small to app');
      await client.query('alter role app set default_tablespace = small');
      await client.query('alter role app set temp_tablespaces = small');
      await client.query('create table ballast (filler text) tablespace small');
      await client.query('alter table ballast alter filler set storage plain');
      const fillUp = async (): Promise<void> => {
        for (const rows of [1_000, 100, 10, 1])
          for (let full = false; !full;)
            await client
              .query(`insert into ballast select repeat('x', 7000) from generate_series(1, ${rows})`)
              .catch((error: { code?: string }) => {
                expect(error.code).toBe('53100');
                full = true;
              });
      };
      await through({
        what: '',
        begin: fillUp,
        meanwhile: async (setup) => {
          const refused = await proveRoom((sql) => setup.dataSource.query(sql)).catch((error: unknown) => error);
          expect(refused).toMatchObject({ code: '53100' });
          expect(isDatabaseAway(refused)).toBe(true);
        },
        end: () => client.query('drop table ballast'),
      });
    },
    60_000,
  );
});
