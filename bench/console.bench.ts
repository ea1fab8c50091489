/*
 * The console with a month behind it: how long each answer takes, what open pages cost, how fast the first one is there.
 * `ITK_BENCH_SCALE=0.01` shrinks the tables, for trying whether it runs.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { timed, type Timing } from './console/ask.js';
import { firstLoad, openBrowser } from './console/first-load.js';
import { costOfListeners } from './console/listeners.js';
import { questionsOf } from './console/routes.js';
import { sow, systems } from './console/sow.js';
import { freePort, residentMemory, startProgram } from './memory/program.js';
import { table, whole } from './page.js';
import { median } from './statistics.js';

const scale = Number(process.env.ITK_BENCH_SCALE ?? 1);
const size = { journal: Math.round(1_000_000 * scale), failures: Math.round(10_000 * scale) };
const wanted = { p95: 300, listeners: 50, share: 0.01, kilobytes: 350, interactive: 2, memory: 150 };
const times = 40;
const loads = 5;
const slowDown = 4;
/** Seconds for each half of the look at the processor. */
const watching = 30;

const progress = (text: string) => process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'itk-bench-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const secret = join(folder, 'secret');
writeFileSync(secret, randomBytes(12).toString('hex'), { mode: 0o600 });
const configuration = join(folder, 'itk.yaml');
writeFileSync(
  configuration,
  JSON.stringify({
    systems: systems.map((id) => ({
      ...{ id, els: id.toUpperCase() },
      synchronizer: { url: 'http://127.0.0.1:9/ws', user: 'itk', passwordFile: secret, zone: 'Europe/Moscow' },
      moodle: { url: `http://127.0.0.1:9/${id}`, tokenFile: secret },
    })),
  }),
);

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
const start = async () =>
  startProgram('apps/console/main.js', {
    port: await freePort(),
    env: { ITK_CONFIG: configuration },
    health: '/health/live',
  });

/** A failure that is seen again, and an event more: what open pages are told of. */
const stir = () =>
  database.query(`update console.failures set last_seen = now() where id = (select min(id) from console.failures)`);

async function measure() {
  // once, for the tables
  await (await start()).stop();
  const sown = await sow(database, size, progress);
  const cookie = `itk=${sown.session}`;
  const console = await start();
  try {
    const document = fileURLToPath(new URL('../../apps/console/openapi.json', import.meta.url));
    const timings: Timing[] = [];
    for (const question of questionsOf(sown, document)) {
      timings.push(await timed(console.url, cookie, question, times));
      const { p95 } = timings.at(-1)!;
      progress(`  ${question.route} ${question.how}: ${p95.toFixed(0)} ms`);
    }
    const browser = await openBrowser();
    const loaded = { usual: [] as number[], slow: [] as number[], kilobytes: [] as number[] };
    for (let turn = 0; turn < loads; turn++) {
      loaded.usual.push((await firstLoad(browser, console.url, sown.session, 1)).interactive);
      const slow = await firstLoad(browser, console.url, sown.session, slowDown);
      loaded.slow.push(slow.interactive);
      loaded.kilobytes.push(slow.kilobytes);
    }
    await browser.close();
    progress('  50 pages open');
    const cost = await costOfListeners(console, cookie, wanted.listeners, watching, stir);
    return { timings, loaded, cost, memory: residentMemory(console.pid) };
  } finally {
    await console.stop();
  }
}

const { timings, loaded, cost, memory } = await measure();
await database.end();

const judged = (value: number, most: number, unit: string): string =>
  `${most}${unit}: ${value <= most ? 'reached' : 'missed'}`;
const ofListeners = cost.listenedTo - cost.alone;
const kilobytes = median(loaded.kilobytes);
const slow = median(loaded.slow);
process.stdout.write(
  `${[
    '## The console with a month behind it',
    '',
    `${whole(size.journal)} events in the journal, ${whole(size.failures)} open failures of 300 causes in ${systems.length} systems; the console's process alone, asked one question after the other, ${times} times each. 19 of 20 answers were there within p95.`,
    '',
    table([
      ['answer', 'median, ms', 'p95, ms', 'kB', `wanted`],
      ...timings.map(({ question, median: middle, p95, kilobytes: size }) => [
        `\`${question.route}\`${question.how ? ` ${question.how}` : ''}`,
        middle.toFixed(0),
        p95.toFixed(0),
        size.toFixed(1),
        judged(p95, wanted.p95, ' ms'),
      ]),
    ]),
    '',
    table([
      ['what', 'measured', 'wanted'],
      [
        `${wanted.listeners} pages open, a failure seen again each second`,
        `${(100 * ofListeners).toFixed(2)} % of a core (${(100 * cost.alone).toFixed(2)} % without them, ${(100 * cost.listenedTo).toFixed(2)} % with)`,
        judged(100 * ofListeners, 100 * wanted.share, ' %'),
      ],
      [
        'first load of the overview with its data, as sent',
        `${kilobytes.toFixed(0)} kB`,
        judged(kilobytes, wanted.kilobytes, ' kB'),
      ],
      [
        `interactive, processor slowed ${slowDown} times`,
        `${slow.toFixed(2)} s`,
        judged(slow, wanted.interactive, ' s'),
      ],
      ['interactive, as it is', `${median(loaded.usual).toFixed(2)} s`, ''],
      ['memory at its highest', `${memory.peak.toFixed(0)} MB`, judged(memory.peak, wanted.memory, ' MB')],
    ]),
    '',
    `Loads are medians of ${loads}, in a browser profile of their own each; they count as interactive when the overview is drawn and the page takes a turn. The browser is on this machine.`,
  ].join('\n')}\n`,
);
