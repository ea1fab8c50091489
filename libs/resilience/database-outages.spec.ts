import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { makeEvent } from '#contracts';
import {
  answers,
  Broker,
  done,
  Publisher,
  leaseOn,
  QueueConsumer,
  Settler,
  topologyOf,
  workQueue,
  type Delivery,
} from '#messaging';
import { acquireLease, createDataSource, isDatabaseAway, openMigrated, PauseBook, proveRoom } from '#persistence';
import { eventually } from '#persistence/testing';
import { canHaveDisk, startPostgres, type DisposablePostgres } from '../../tools/servers/disposable.mjs';
import { SystemGuard } from './system-guard.js';

/** Real servers, really away. */
const service = 'course-enroller';
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

/** A service's consumer with its guard, its lease and its pauses, and a handler that writes what it is given. */
class Stage {
  readonly system = `v-${randomBytes(4).toString('hex')}`;
  readonly queue = workQueue(service, this.system);
  readonly calls: { size: number; ended: 'well' | unknown }[] = [];
  readonly attempts = new Set<number>();
  probes = 0;
  highest = 0;
  /** Called in the midst of a batch, its transaction begun. */
  midst: (size: number) => Promise<void> = () => Promise.resolve();
  private readonly topology = topologyOf([this.system]).filter(({ name }) => name.startsWith(service));
  private readonly amqp = process.env.ITK_TEST_AMQP_URL!;
  private readonly publisher = new Publisher(new Broker(this.amqp, 'publishing', this.topology), 'test');
  private readonly brokers = [new Broker(this.amqp, 'consuming'), new Broker(this.amqp, 'looking on')] as const;
  private guard!: SystemGuard;
  private pauses!: PauseBook;
  private consumer!: QueueConsumer;
  dataSource!: DataSource;

  async open(): Promise<this> {
    this.dataSource = await openMigrated(createDataSource({ url, schema: 'outages', entities: [], migrations: [] }));
    await this.dataSource.query(
      'create table if not exists written (system text, code text, filler text, times int, primary key (system, code))',
    );
    await this.dataSource.query('alter table written alter filler set storage external');
    this.pauses = await new PauseBook(this.dataSource).open();
    const asked = () => proveRoom((sql) => this.dataSource.query(sql));
    const probe = () => Promise.resolve(this.probes++);
    this.guard = new SystemGuard(service, this.system, this.pauses, probe, asked);
    // one plan: each has batches of its own
    const plan = { size: 50, waitMs: 100, handle: (given: Delivery[]) => this.handle(given) };
    this.consumer = new QueueConsumer({
      broker: this.brokers[0],
      ...{ queue: this.queue, system: this.system, topology: this.topology, guard: this.guard, size: 50, waitMs: 100 },
      planOf: () => plan,
      publisher: this.publisher,
      settler: new Settler(this.publisher, this.queue, service, () => undefined),
      takeLease: leaseOn(url),
    });
    return this;
  }

  private async handle(given: Delivery[]) {
    const call: (typeof this.calls)[number] = { size: given.length, ended: undefined };
    this.calls.push(call);
    for (const { attempt } of given) this.attempts.add(attempt);
    try {
      await this.dataSource.transaction(async (manager) => {
        await this.midst(given.length);
        await manager.query(
          `insert into written select $1, code, repeat('x', 20000), 1 from unnest($2::text[]) code
           on conflict (system, code) do update set times = written.times + 1`,
          [this.system, given.map(({ event }) => event.subject)],
        );
      });
    } catch (error) {
      call.ended = error;
      throw error;
    }
    call.ended = 'well';
    return answers(given, () => done());
  }

  async publish(count: number): Promise<void> {
    const codes = Array.from({ length: count }, (_, index) => `${index}`);
    await this.publisher.publishAll(
      codes.map((code) => makeEvent('itk.enrolment.due.v1', { system: this.system, code }, { service: 'test' })),
    );
  }

  start(): void {
    this.consumer.start();
  }

  /** In the work queue: ready ones and those in hand. */
  async depth(): Promise<number> {
    const channel = await this.brokers[1].channel();
    const { messageCount } = await channel.checkQueue(this.queue);
    await channel.close();
    this.highest = Math.max(this.highest, messageCount);
    return messageCount;
  }

  async waitingElsewhere(): Promise<number> {
    const channel = await this.brokers[1].channel();
    let all = 0;
    for (const { name } of this.topology) if (name !== this.queue) all += (await channel.checkQueue(name)).messageCount;
    await channel.close();
    return all;
  }

  async written(): Promise<{ codes: number; most: number }> {
    const [row] = await this.dataSource.query(
      'select count(*)::int codes, max(times) most from written where system = $1',
      [this.system],
    );
    return row as { codes: number; most: number };
  }

  async close(): Promise<void> {
    await this.consumer.stop();
    this.guard.close();
    await this.pauses.close();
    await Promise.all([this.publisher.close(), ...this.brokers.map((broker) => broker.close())]);
    await this.dataSource.destroy();
  }
}

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
  meanwhile?(stage: Stage): Promise<void>;
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
    meanwhile: async (stage) => {
      await expect(stage.dataSource.query('create table no_room (n int)')).rejects.toMatchObject({ code: '25006' });
      await expect(proveRoom((sql) => stage.dataSource.query(sql))).rejects.toMatchObject({ code: '25006' });
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
    meanwhile: async (stage) => {
      const refused = await stage.dataSource.query('select 1').catch((error: unknown) => error);
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
  const stage = await new Stage().open();
  stages.push(stage);
  let begun: Promise<unknown> | undefined;
  stage.midst = async (size) => {
    if (begun || size > 1) await (begun ??= outage.begin());
  };
  await stage.publish(count);
  stage.start();
  await eventually(async () => {
    await stage.depth();
    expect(stage.calls.filter(({ ended }) => ended && ended !== 'well').length).toBeGreaterThan(0);
  }, 20_000);
  await begun;
  await outage.meanwhile?.(stage);
  await stage.depth();
  const failed = stage.calls.filter(({ ended }) => ended !== 'well');
  await outage.end();
  await eventually(async () => {
    await stage.depth();
    expect(await stage.written()).toEqual({ codes: count, most: 1 });
  }, 20_000);
  await eventually(async () => expect(await stage.depth()).toBe(0));
  expect(stage.highest).toBeLessThanOrEqual(count);
  expect(await stage.waitingElsewhere()).toBe(0);
  expect(failed.map(({ ended }) => ended).filter((error) => !isDatabaseAway(error))).toEqual([]);
  expect([...stage.attempts]).toEqual([0]);
  expect(stage.probes).toBe(0);
  // One call met it; those after it tried one message, and none looked for a culprit.
  expect(failed.slice(1).map(({ size }) => size)).toEqual(failed.slice(1).map(() => 1));
}

const stages: Stage[] = [];
afterEach(async () => {
  await Promise.all(hogs.splice(0).map((hog) => hog.end()));
  await Promise.all(stages.splice(0).map((stage) => stage.close()));
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
        meanwhile: async (stage) => {
          const refused = await proveRoom((sql) => stage.dataSource.query(sql)).catch((error: unknown) => error);
          expect(refused).toMatchObject({ code: '53100' });
          expect(isDatabaseAway(refused)).toBe(true);
        },
        end: () => client.query('drop table ballast'),
      });
    },
    60_000,
  );
});
