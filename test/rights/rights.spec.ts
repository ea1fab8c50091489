import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { itk } from '../harness/itk.js';
import {
  runUniversity,
  serviceNames,
  type ReplicaName,
  type RunningUniversity,
} from '../harness/running-university.js';
import { until } from '../harness/until.js';

/** Every service with a role and a user of its own, as `itk prepare` makes them: the least that it needs. */
describe('the least rights', () => {
  const tag = randomBytes(3).toString('hex');
  const names: ReplicaName[] = [...serviceNames, 'console'];
  const userOf = (service: string): string => `itk_${service.replaceAll('-', '_')}_${tag}`;
  const passwords = Object.fromEntries(names.map((name) => [name, randomBytes(8).toString('hex')]));
  const [api, amqp] = [process.env.ITK_TEST_RABBIT_API!, process.env.ITK_TEST_AMQP_URL!];
  let database: TestDatabase;
  let university: RunningUniversity;
  let admin: pg.Client;
  const signIn = (address: string, service: string): string => {
    const url = new URL(address);
    [url.username, url.password] = [userOf(service), passwords[service]!];
    return url.href;
  };
  const limited = (service: ReplicaName): Record<string, string> => ({
    DATABASE_URL: signIn(database.url, service),
    AMQP_URL: signIn(amqp, service),
  });

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    university = await runUniversity({ students: 60, databaseUrl: database.url, environmentOf: limited });
    const secrets = join(university.folder, 'services');
    for (const name of names) {
      mkdirSync(join(secrets, name), { recursive: true });
      writeFileSync(join(secrets, name, 'database-url'), limited(name).DATABASE_URL!);
      writeFileSync(join(secrets, name, 'amqp-url'), limited(name).AMQP_URL!);
    }
    const prepared = [
      await itk(university.environment, 'prepare', 'database', '--services', secrets),
      await itk(university.environment, 'prepare', 'broker', '--services', secrets, '--management', withoutUser(api)),
    ];
    expect(prepared.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  }, 120_000);
  afterAll(async () => {
    await university?.stop();
    for (const name of names) {
      await admin.query(`drop owned by "${userOf(name)}" cascade`);
      await admin.query(`drop role "${userOf(name)}"`);
      await fetch(`${withoutUser(api)}/api/users/${userOf(name)}`, { method: 'DELETE', headers: basic(api) });
    }
    await admin.end();
    await database.drop();
  }, 60_000);

  it('suffice for the whole way of a student', async () => {
    await university.replica('console').start();
    await university.start();
    const expected = university.onec.expected(university.systems[0]!.els);
    const told = 'select count(*)::int from onec_component.synchronization';
    await until(
      '1C has heard of everybody',
      async () => (await admin.query<{ count: number }>(told)).rows[0]!.count >= expected.size,
      90_000,
    );
    expect(whatStands(university.systems[0]!.moodle)).toEqual(whatShouldStand(expected));
    await until(
      'the console has the journal',
      async () =>
        (await admin.query<{ count: number }>('select count(*)::int from console.journal')).rows[0]!.count > 0,
      30_000,
    );
    const refused = Object.values(university.services).flatMap(({ errors }) =>
      errors.filter((line) => /denied|403/.test(line)),
    );
    expect(refused).toEqual([]);
  }, 150_000);

  it('let no service look into another one’s tables', async () => {
    const client = new pg.Client({ connectionString: limited('course-enroller').DATABASE_URL! });
    await client.connect();
    for (const table of ['user_provisioner.accounts', 'console.users', 'onec_component.students'])
      await expect(client.query(`select * from ${table}`)).rejects.toThrow(/permission denied for schema/);
    await client.end();
  });

  it('let no service read another one’s queue, nor make or delete one', async () => {
    const connection = await connect(limited('course-enroller').AMQP_URL!);
    const { id } = university.systems[0]!;
    for (const forbidden of [
      (channel: Channel) => channel.get(`user-provisioner.${id}`),
      (channel: Channel) => channel.get(`course-enroller.${id}.dead`),
      (channel: Channel) => channel.assertQueue(`mine-${tag}`),
      (channel: Channel) => channel.deleteQueue(`course-enroller.${id}`),
    ]) {
      const channel = await connection.createChannel();
      channel.on('error', () => {});
      await expect(forbidden(channel)).rejects.toThrow(/403/);
    }
    await connection.close();
  });

  it('a system whose queues nobody made is told by name, with what to run', async () => {
    await university.services['success-reporter'].stop();
    const connection = await connect(amqp);
    const channel = await connection.createChannel();
    await channel.deleteQueue(`error-flagger.${university.systems[0]!.id}.retry.10s`);
    await connection.close();
    const reporter = university.services['success-reporter'];
    void reporter.start().catch(() => {});
    await until('it says so', () => reporter.errors.some((line) => line.includes('itk prepare broker')), 60_000);
  }, 90_000);
});

type Channel = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>;

const basic = (address: string): Record<string, string> => {
  const { username, password } = new URL(address);
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
};
function withoutUser(address: string): string {
  const url = new URL(address);
  [url.username, url.password] = ['', ''];
  return url.href.replace(/\/$/, '');
}
