import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createSandboxOneC } from '../../sandbox/onec/server.js';
import { freePort, startProgram, type Program } from '../memory/program.js';
import { ownDatabase, privateFile, removeQueues, servicesEnvironment, untilReady } from '../surroundings.js';
import { studentsOf, type Student } from './end-state.js';
import { token } from './moodle.js';
import { benchUniversity, courses, els } from './university.js';

const { serviceNames } = (await import(new URL('../../../tools/services.mjs', import.meta.url).href)) as {
  serviceNames(): string[];
};
export const services = serviceNames();
export const zone = 'Europe/Moscow';

/** Everything that one run needs, made for it and taken away after it. */
export interface Setup {
  system: string;
  students: Map<string, Student>;
  moodle: Program;
  /** By name, all ready. */
  services: Map<string, Program>;
  database: pg.Pool;
}

/** What has to be undone when the bench ends, last first; also when it is interrupted. */
const endings: (() => Promise<unknown>)[] = [];
let clearing: Promise<void> | undefined;

export function closeSetup(): Promise<void> {
  clearing ??= (async () => {
    for (let undo = endings.pop(); undo; undo = endings.pop())
      await undo().catch((error: unknown) => process.stderr.write(`not taken away: ${String(error)}\n`));
  })().finally(() => (clearing = undefined));
  return clearing;
}

/** The usual settings, one system. @returns environment of the services */
function configure(
  folder: string,
  system: string,
  addresses: { component: string; moodle: string; snapshot: string },
  maxInputVars: number,
) {
  const passwordFile = privateFile(folder, 'password', randomBytes(12).toString('hex'));
  return servicesEnvironment(folder, {
    systems: [
      {
        id: system,
        els,
        synchronizer: { url: `${addresses.component}/ws/ITK_Synchronizer.1cws`, user: 'toolkit', passwordFile, zone },
        moodle: { url: addresses.moodle, tokenFile: privateFile(folder, 'token', token), maxInputVars },
      },
    ],
    onecComponent: {
      // filled once, before the clock
      mirror: { url: addresses.snapshot, refresh: 'PT1H' },
      zone,
      accounts: [{ user: 'toolkit', passwordFile, roles: ['ELSAdministrator'] }],
    },
  });
}

/** The Moodle sandbox as a process of its own, empty but for its courses. */
export async function startMoodle(args: string[]): Promise<Program> {
  const port = await freePort();
  return startProgram('sandbox/moodle/main.js', {
    port,
    args: ['--port', String(port), '--courses', String(courses), ...args],
  });
}

/** A person's pause holds the poller back, so that the clock begins when it is lifted and everything is ready. */
export const holdPoller = ({ database, system }: Pick<Setup, 'database' | 'system'>): Promise<unknown> =>
  database.query(
    `insert into operations.pause (system, service, kind, reason, "by", since)
     values ($1, 'onec-poller', 'person', '{"ru":"замер","en":"bench"}', 'bench', now())`,
    [system],
  );
export const letPollerGo = ({ database, system }: Pick<Setup, 'database' | 'system'>): Promise<unknown> =>
  database.query('delete from operations.pause where system = $1', [system]);

/** PHP's usual limit. */
const usualInputVars = 1000;

/**
 * Everything ready and the poller held. @param moodleArguments what the Moodle sandbox is told @param maxInputVars what
 * PHP at the Moodle takes, and what is configured
 */
export async function openSetup(
  count: number,
  moodleArguments: string[],
  maxInputVars = usualInputVars,
): Promise<Setup> {
  const system = `bench-${randomBytes(3).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'itk-bench-'));
  endings.push(async () => rmSync(folder, { recursive: true, force: true }));
  const { url: databaseUrl, drop } = await ownDatabase();
  endings.push(drop, () => removeQueues([system]));
  const onec = await createSandboxOneC({ university: benchUniversity(count), zone });
  endings.push(() => onec.close());
  const moodle = await startMoodle([...moodleArguments, '--input-vars', String(maxInputVars)]);
  endings.push(() => moodle.stop());
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    ...configure(
      folder,
      system,
      { component: `http://127.0.0.1:${port}`, moodle: moodle.url, snapshot: `${onec.url}/snapshot` },
      maxInputVars,
    ),
  };
  const running = new Map<string, Program>();
  const start = async (name: string, at: number): Promise<void> => {
    const program = await startProgram(`apps/${name}/main.js`, { port: at, env, health: '/health/live' });
    endings.push(() => program.stop());
    running.set(name, program);
    await untilReady(program);
  };
  await start('onec-component', port);
  const database = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  database.on('error', () => {}); // cut off when the database is dropped
  endings.push(() => database.end());
  await holdPoller({ database, system });
  for (const name of services.filter((name) => name !== 'onec-component')) await start(name, await freePort());
  return { system, students: studentsOf(onec.expected(els), count), moodle, services: running, database };
}
