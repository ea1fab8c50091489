import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC } from '../../sandbox/onec/server.js';
import { freePort, startProgram, type Program } from '../memory/program.js';
import { holdPoller, services, zone } from '../synchronization/setup.js';
import { studentsOf, type Student } from '../synchronization/end-state.js';
import { ownDatabase, privateFile, removeQueues, servicesEnvironment, untilReady } from '../surroundings.js';
import { benchUniversity, courses, els } from '../synchronization/university.js';

/** One infobase, several Moodles, and every service in two processes, as the manifests run them. */
export interface Campus {
  systems: string[];
  /** Who must come to each of the Moodles. */
  students: Map<string, Student>;
  moodles: SandboxMoodle[];
  processes: Program[];
  databaseUrl: string;
  database: pg.Pool;
  close(): Promise<void>;
}

const replicas = 2;

/** Everything ready, the pollers held. */
export async function openCampus(number: number, students: number): Promise<Campus> {
  const endings: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let undo = endings.pop(); undo; undo = endings.pop())
      await undo().catch((error: unknown) => process.stderr.write(`not taken away: ${String(error)}\n`));
  };
  try {
    const mark = randomBytes(3).toString('hex');
    const systems = Array.from({ length: number }, (_, index) => `sizing-${mark}-${index + 1}`);
    const names = systems.map((_, index) => `${els}${index + 1}`);
    const folder = mkdtempSync(join(tmpdir(), 'itk-bench-'));
    endings.push(async () => rmSync(folder, { recursive: true, force: true }));
    const { url: databaseUrl, drop } = await ownDatabase();
    endings.push(drop, () => removeQueues(systems));
    const university = benchUniversity(students, names);
    const onec = await createSandboxOneC({ university, zone });
    endings.push(() => onec.close());
    const moodles: SandboxMoodle[] = [];
    while (moodles.length < number) {
      const moodle = await createSandboxMoodle({ courses });
      endings.push(() => moodle.close());
      moodles.push(moodle);
    }
    const port = await freePort();
    const env = {
      DATABASE_URL: databaseUrl,
      ...configure(folder, systems, names, moodles, `http://127.0.0.1:${port}`, `${onec.url}/snapshot`),
    };
    const processes: Program[] = [];
    const start = async (name: string, at: number) => {
      const program = await startProgram(`apps/${name}/main.js`, { port: at, env, health: '/health/live' });
      endings.push(() => program.stop());
      processes.push(program);
      await untilReady(program);
    };
    await start('onec-component', port);
    const database = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    database.on('error', () => {}); // cut off when the database is dropped
    endings.push(() => database.end());
    for (const system of systems) await holdPoller({ database, system });
    // onec-component keeps its address: a second process of it would stand behind a balancer
    await start('onec-component', await freePort());
    for (const name of services.filter((service) => service !== 'onec-component'))
      for (let replica = 0; replica < replicas; replica++) await start(name, await freePort());
    return {
      ...{ systems, students: studentsOf(onec.expected(names[0]!), students), moodles, processes },
      ...{ databaseUrl, database, close },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function configure(
  folder: string,
  systems: string[],
  names: string[],
  moodles: SandboxMoodle[],
  component: string,
  snapshot: string,
) {
  const passwordFile = privateFile(folder, 'password', randomBytes(12).toString('hex'));
  const tokenFile = privateFile(folder, 'token', moodles[0]!.token);
  const synchronizer = { url: `${component}/ws/ITK_Synchronizer.1cws`, user: 'toolkit', passwordFile, zone };
  return servicesEnvironment(folder, {
    systems: systems.map((id, index) => ({
      ...{ id, els: names[index]!, synchronizer },
      moodle: { url: moodles[index]!.url, tokenFile },
    })),
    onecComponent: {
      ...{ mirror: { url: snapshot, refresh: 'PT1H' }, zone },
      accounts: [{ user: 'toolkit', passwordFile, roles: ['ELSAdministrator'] }],
    },
  });
}
