/*
 * The mirror over OData: how long a first filling, a reading in which nothing has changed and one with changes take,
 * and what onec-component takes of memory meanwhile and after. `ITK_BENCH_SCALE=0.1` shrinks the university.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort, residentMemory, startProgram } from './memory/program.js';
import { table, whole } from './page.js';

const scale = Number(process.env.ITK_BENCH_SCALE ?? 1);
const university = {
  students: Math.round(20_000 * scale),
  curricula: Math.round(1_000 * scale),
  changed: 1_000 * scale,
};
const wanted = { seconds: 60, meanwhile: 250, after: 150 };
/** Seconds between two readings: long enough for the look at what is taken in rest. */
const between = 25;
/** Seconds after a reading at which its memory is looked at. */
const settling = 10;

const shapes = {
  stock: { base: '/univer', mapping: '1c-university-prof' },
  iasu: { base: '/iasu', mapping: 'iasu' },
};
type Shape = keyof typeof shapes;

const progress = (text: string) => process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'itk-bench-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function configurationOf(shape: Shape, onec: string): string {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, randomBytes(12).toString('hex'), { mode: 0o600 });
  const mappings = fileURLToPath(new URL('../../config/mappings', import.meta.url));
  const { base, mapping } = shapes[shape];
  const file = join(folder, `${shape}.yaml`);
  const odata = {
    ...{ url: `${onec}${base}/odata/standard.odata`, user: 'toolkit', passwordFile },
    mappingFile: join(mappings, `${mapping}.yaml`),
  };
  const mirror = { odata, refresh: `PT${between}S` };
  // nobody asks for it here; a configuration has one system at least
  const system = {
    ...{ id: 'lms', els: 'LMS', moodle: { url: 'http://127.0.0.1:9/', tokenFile: passwordFile } },
    synchronizer: { url: 'http://127.0.0.1:9/ws', user: 'toolkit', passwordFile, zone: 'Europe/Moscow' },
  };
  writeFileSync(file, JSON.stringify({ systems: [system], onecComponent: { mirror, zone: 'Europe/Moscow' } }));
  return file;
}

async function freshDatabase(shape: Shape): Promise<string> {
  const admin = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await admin.connect();
  const name = `itk_mirror_${shape}_${randomBytes(3).toString('hex')}`;
  await admin.query(`create database ${name}`).finally(() => admin.end());
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = `/${name}`;
  return url.href;
}

async function refreshedAt(database: pg.Pool): Promise<string> {
  const { rows } = await database.query<{ at: string }>(
    'select refreshed_at::text as at from onec_component.mirror_state',
  );
  return rows[0]?.at ?? '';
}

/** Of this service's metrics the value of a gauge without labels; nothing while it has not been set. */
async function gauge(healthUrl: string, name: string): Promise<number> {
  const text = await (await fetch(`${healthUrl}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
}

interface Reading {
  what: string;
  seconds: number;
  /** MB, the highest since the service began, and after a rest. */
  peak: number;
  after: number;
}

async function measure(shape: Shape): Promise<Reading[]> {
  const sandboxPort = await freePort();
  const { students, curricula } = university;
  const onec = await startProgram('sandbox/onec/main.js', {
    port: sandboxPort,
    args: Object.entries({ port: sandboxPort, students, curricula, courses: 500, systems: 'LMS', faulty: 5 }).flatMap(
      ([name, value]) => [`--${name}`, String(value)],
    ),
  });
  const databaseUrl = await freshDatabase(shape);
  const database = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const component = await startProgram('apps/onec-component/main.js', {
    port: await freePort(),
    env: { ITK_CONFIG: configurationOf(shape, onec.url), DATABASE_URL: databaseUrl },
    health: '/health/live',
  });
  const readings: Reading[] = [];
  try {
    let known = '';
    for (const what of ['first filling', 'nothing has changed', `${whole(university.changed)} students have moved`]) {
      let ended = known;
      for (const until = Date.now() + 900_000; ended === known; await rest(200)) {
        ended = await refreshedAt(database);
        if (Date.now() > until) throw new Error(`${shape}: no reading has ended in 15 minutes`);
      }
      known = ended;
      await rest(settling * 1000);
      const seconds = await gauge(component.healthUrl, 'itk_mirror_read_seconds');
      const { now: after, peak } = residentMemory(component.pid);
      readings.push({ what, seconds, peak, after });
      progress(`  ${shape}, ${what}: ${seconds.toFixed(1)} s, ${peak.toFixed(0)} MB`);
      if (readings.length === 2) await move(onec.url);
    }
  } finally {
    await component.stop();
    await onec.stop();
    await database.end();
  }
  return readings;
}

/** Students go over to another group: the next reading finds them. */
async function move(onec: string): Promise<void> {
  for (let index = 0; index < university.changed; index++) {
    const answer = await fetch(`${onec}/sandbox/changes`, {
      method: 'POST',
      body: JSON.stringify({
        ...{ change: 'moveToGroup', group: '000000001' },
        student: String(10_001 + index * 3).padStart(9, '0'),
      }),
    });
    if (!answer.ok) throw new Error(`the sandbox does not move a student: ${await answer.text()}`);
  }
}

const measured: [Shape, Reading[]][] = [];
for (const shape of ['stock', 'iasu'] as const) measured.push([shape, await measure(shape)]);

const judged = (value: number, most: number, unit: string): string =>
  `${most}${unit}: ${value < most ? 'reached' : 'missed'}`;
process.stdout.write(
  `${[
    '## The mirror over OData',
    '',
    table([
      ['publication', 'reading', 'seconds', 'wanted', 'highest', 'wanted', 'after', 'wanted'],
      ...measured.flatMap(([shape, readings]) =>
        readings.map(({ what, seconds, peak, after }) => [
          ...[shape, what, seconds.toFixed(1), judged(seconds, wanted.seconds, ' s')],
          ...[`${peak.toFixed(0)} MB`, judged(peak, wanted.meanwhile, ' MB')],
          ...[`${after.toFixed(0)} MB`, judged(after, wanted.after, ' MB')],
        ]),
      ),
    ]),
    '',
    [
      `${whole(university.students)} students with all kinds of faults and at least ${whole(university.curricula)} curricula, in pages of 1,000 rows`,
      "(50 of what has a tabular part). `stock`: 1C:University PROF; `iasu`: the paper's own configuration, whose first filling",
      'also takes over and posts the binding documents. Seconds: the whole refresh, reading and difference. The sandbox of 1C is',
      'a process of its own on this machine and answers at once; a real 1C takes its time for each page. Memory: VmHWM since the',
      `start, and VmRSS ${settling} s after the reading (MB = 10^6 bytes).`,
    ].join(' '),
    '',
  ].join('\n')}\n`,
);
