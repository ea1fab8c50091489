import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'amqplib';
import pg from 'pg';
import { topologyOf } from '../../libs/messaging/topology/topology.js';
import { createTestDatabase } from '#persistence/testing';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC, type SandboxOneC, type SandboxOptions } from '../../sandbox/onec/server.js';
import { deskDoor } from './desk-door.js';
import { ServiceProcess } from './service.js';

export const serviceNames = [
  'onec-component',
  'error-flagger',
  'success-reporter',
  'course-enroller',
  'user-provisioner',
  'onec-poller',
] as const;
export type ServiceName = (typeof serviceNames)[number];
/** The console drains dead letters, which some tests want to find in their queues: it runs only where it is asked for. */
export type ReplicaName = ServiceName | 'console' | 'ims-gateway';

export interface UniversityOptions extends Pick<SandboxOptions, 'students' | 'seed' | 'faulty' | 'university'> {
  courses?: number;
  systems?: number;
  /** Names of the systems for whoever looks at them; else they are unlike those of any other run. */
  ids?: string[];
  /** Merged into every system's section of the configuration; or makes the section, given the usual one and its place. */
  system?: Record<string, unknown> | ((usual: SystemSection, index: number) => Record<string, unknown>);
  /** Further sections of the configuration. */
  more?: Record<string, unknown>;
  databaseUrl?: string;
  amqpUrl?: string;
  /** The binding desk is open, and the console leads to it. */
  desk?: boolean;
  /** 1C's quirks stand between poller and component. */
  throughProxy?: boolean;
  /** What this service is given beside the others, or in place of it. */
  environmentOf?: (service: ReplicaName) => Record<string, string>;
}

/** A system's section of the configuration file. */
export interface SystemSection {
  id: string;
  els: string;
  /** Absent where files alone feed it. */
  synchronizer?: Record<string, unknown>;
  moodle: { url: string; tokenFile: string } & Record<string, unknown>;
  [key: string]: unknown;
}

export interface RunningSystem {
  id: string;
  els: string;
  moodle: SandboxMoodle;
  /** Holds the token of this system alone. */
  tokenFile: string;
}

/** A demo university with its Moodles and every service as a process of its own. */
export interface RunningUniversity {
  onec: SandboxOneC;
  systems: RunningSystem[];
  services: Record<ServiceName, ServiceProcess>;
  /** A further replica of a service. */
  replica(name: ReplicaName): ServiceProcess;
  database: pg.Pool;
  folder: string;
  /** What a program of the toolkit needs to find this university. */
  environment: Record<string, string>;
  start(names?: readonly ServiceName[]): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const zone = 'Europe/Moscow';

export async function runUniversity(options: UniversityOptions = {}): Promise<RunningUniversity> {
  const amqpUrl = options.amqpUrl ?? process.env.ITK_TEST_AMQP_URL;
  if (!amqpUrl) throw new Error('ITK_TEST_AMQP_URL is not set: run `npm test`');
  const own = options.databaseUrl ? undefined : await createTestDatabase();
  const databaseUrl = options.databaseUrl ?? own!.url;
  const tag = randomBytes(3).toString('hex');
  const courses = options.courses ?? 40;
  const systems: RunningSystem[] = [];
  mkdirSync(resolve('.local'), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'itk-walk-'));
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  for (let number = 1; number <= (options.systems ?? 1); number++)
    systems.push({
      id: options.ids?.[number - 1] ?? `lms${number}-${tag}`,
      els: `LMS${number}`,
      moodle: await createSandboxMoodle({ courses: courses + 1 }),
      tokenFile: file(`token-${number}`, 'sandbox'),
    });
  const componentPort = await freePort();
  const component = `http://127.0.0.1:${componentPort}`;
  const onec = await createSandboxOneC({
    students: options.students ?? 200,
    seed: options.seed ?? 1,
    faulty: options.faulty ?? 0.02,
    courses,
    zone,
    systems: systems.map((system) => system.els),
    component,
    ...(options.university && { university: options.university }),
  });

  const door = options.desk ? await deskDoor(await freePort(), file) : undefined;
  const passwordFile = file('password', randomBytes(12).toString('hex'));
  const configuration = file(
    'itk.yaml',
    JSON.stringify({
      systems: systems.map((system, index) => {
        const usual: SystemSection = {
          id: system.id,
          els: system.els,
          synchronizer: {
            url: options.throughProxy ? onec.webService : `${component}/ws/ITK_Synchronizer.1cws`,
            user: 'toolkit',
            passwordFile,
            zone,
          },
          moodle: { url: system.moodle.url, tokenFile: system.tokenFile },
          pollInterval: 'PT0.2S',
        };
        return typeof options.system === 'function' ? options.system(usual, index) : { ...usual, ...options.system };
      }),
      onecComponent: {
        mirror: { url: `${onec.url}/snapshot`, refresh: 'PT1S' },
        zone,
        accounts: [{ user: 'toolkit', passwordFile, roles: ['ELSAdministrator'] }],
        ...door?.component,
      },
      ...options.more,
      ...(door && { console: { ...door.console, ...(options.more?.console as object) } }),
    }),
  );
  const environment = {
    ITK_CONFIG: configuration,
    DATABASE_URL: databaseUrl,
    AMQP_URL: amqpUrl,
    ITK_SECRET_KEY_FILE: file('key', randomBytes(32).toString('base64')),
  };
  const make = (name: ReplicaName): ServiceProcess =>
    new ServiceProcess(
      name,
      {
        ...environment,
        ...(name === 'onec-component' && { PORT: String(componentPort) }),
        ...options.environmentOf?.(name),
      },
      folder,
    );
  const services = Object.fromEntries(serviceNames.map((name) => [name, make(name)])) as RunningUniversity['services'];
  const replicas: ServiceProcess[] = [];
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  database.on('error', () => {});

  return {
    onec,
    systems,
    services,
    database,
    folder,
    environment,
    replica: (name) => {
      const replica = make(name);
      replicas.push(replica);
      return replica;
    },
    start: async (names = serviceNames) => {
      if (names.includes('onec-component')) await services['onec-component'].start();
      await Promise.all(names.filter((name) => name !== 'onec-component').map((name) => services[name].start()));
    },
    stop: async () => {
      await Promise.all([...Object.values(services), ...replicas].map((service) => service.stop()));
      await Promise.all([onec.close(), ...systems.map((system) => system.moodle.close())]);
      await database.end();
      await removeQueues(amqpUrl, systems).catch(() => {});
      await own?.drop();
      if (process.env.ITK_KEEP_LOGS !== '1') rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function removeQueues(url: string, systems: RunningSystem[]): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const queue of topologyOf(systems.map((system) => system.id))) await channel.deleteQueue(queue.name);
  await connection.close();
}
