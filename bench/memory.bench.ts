import { mkdtempSync, readdirSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  freePort,
  nodeFlags,
  residentMemory,
  serviceEnvironment,
  startProgram,
  type Program,
} from './memory/program.js';
import { table } from './page.js';

/** Seconds between a service's first `ready` and the look at its memory. */
const settling = 10;
/** MB an idle service may take. */
const allowed = 120;

const dist = fileURLToPath(new URL('..', import.meta.url));
const progress = (text: string) => process.stderr.write(`${text}\n`);

interface Demo {
  writeDemo(folder: string, ports: { component: number; moodle: number; onec: number; desk: number }): string;
  secretKeyFile(folder: string): string;
}
const demo = (await import(new URL('../../tools/demo/demo.mjs', import.meta.url).href)) as Demo;

const services = readdirSync(join(dist, 'apps')).filter((name) => existsSync(join(dist, 'apps', name, 'main.js')));
const manner = [
  ...Object.entries(serviceEnvironment).map((pair) => pair.join('=')),
  'node',
  ...nodeFlags,
  'dist/apps/NAME/main.js',
].join(' ');
const folder = mkdtempSync(join(tmpdir(), 'itk-bench-'));
const running: Program[] = [];
const begin = async (...start: Parameters<typeof startProgram>) => {
  const program = await startProgram(...start);
  running.push(program);
  return program;
};

// Those that run are ended on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

interface Idle {
  name: string;
  /** Until it was ready. */
  seconds: number;
  now: number;
  peak: number;
}

/** One service alone, with a Moodle and a 1C that answer and have nothing to offer. */
async function measure(name: string, env: NodeJS.ProcessEnv, port: number): Promise<Idle | string> {
  progress(name);
  const begun = performance.now();
  let program: Program;
  try {
    program = await begin(`apps/${name}/main.js`, { port, env, health: '/health/ready' });
  } catch (error) {
    progress((error as Error).message);
    return name;
  }
  const seconds = (performance.now() - begun) / 1000;
  await rest(settling * 1000);
  const idle = { name, seconds, ...residentMemory(program.pid) };
  await program.stop();
  return idle;
}

const row = (measured: Idle | string): string[] =>
  typeof measured === 'string'
    ? [measured, '-', '-', '-', 'did not start']
    : [
        measured.name,
        `${measured.now.toFixed(0)} MB`,
        `${measured.peak.toFixed(0)} MB`,
        measured.seconds.toFixed(1),
        measured.now < allowed ? 'reached' : 'missed',
      ];

try {
  const ports = {
    component: await freePort(),
    moodle: await freePort(),
    onec: await freePort(),
    desk: await freePort(),
  };
  const env = { ITK_CONFIG: demo.writeDemo(folder, ports), ITK_SECRET_KEY_FILE: demo.secretKeyFile(folder) };
  await begin('sandbox/moodle/main.js', { port: ports.moodle, args: ['--port', String(ports.moodle)] });
  await begin('sandbox/onec/main.js', {
    port: ports.onec,
    args: ['--port', String(ports.onec), '--students', '0'],
  });
  const measured: (Idle | string)[] = [];
  for (const name of services.filter((service) => service !== 'onec-component')) {
    // the 1C that this one asks; itself a service, it is measured alone below
    const component = await begin('apps/onec-component/main.js', {
      port: ports.component,
      env,
      health: '/health/ready',
    });
    measured.push(await measure(name, env, await freePort()));
    await component.stop();
  }
  measured.push(await measure('onec-component', env, ports.component));
  process.stdout.write(
    [
      '## Memory of idle services',
      '',
      table([['service', 'resident', 'peak', 'ready after, s', `under ${allowed} MB`], ...measured.map(row)]),
      '',
      [
        `Each alone, started as \`npm run service\` does (\`${manner}\`), against a real broker and database, with a Moodle`,
        `and a 1C that answer and have no student to offer; read ${settling} s after it was ready (VmRSS and VmHWM,`,
        'MB = 10^6 bytes).',
      ].join(' '),
      '',
    ].join('\n'),
  );
} finally {
  await Promise.all(running.map((program) => program.stop()));
  rmSync(folder, { recursive: true, force: true });
}
