import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventTypes, isOfType } from '#contracts';
import { ErrorFlaggerModule } from '../../../apps/error-flagger/error-flagger.module.js';
import { SuccessReporterModule } from '../../../apps/success-reporter/success-reporter.module.js';
import { eventually } from '#persistence/testing';
import { Random } from '../../../sandbox/onec/university/random.js';
import { ServiceProcess } from '../../harness/service.js';
import { openSetup, type Setup } from '../setup.js';

/**
 * Two pollers as processes of their own before one 1C; at random moments one of them is killed, whichever it is, and
 * started again. Everybody gets through, once, and nobody is told anything wrong.
 */
export async function oneKilledAtRandom(options: {
  students: number;
  window: number;
  kills: number;
  seed: number;
}): Promise<void> {
  const { students, window, kills, seed } = options;
  const random = new Random(seed);
  const setup = await openSetup({ students, seed, faulty: 0.1, window });
  const folder = mkdtempSync(join(tmpdir(), 'itk-two-pollers-'));
  const file = join(folder, 'itk.yaml');
  const { database, broker, ...settings } = setup.configuration;
  writeFileSync(file, JSON.stringify(settings));
  const environment = { ITK_CONFIG: file, DATABASE_URL: database.url, AMQP_URL: broker.url };
  const pollers = [1, 2].map(() => new ServiceProcess('onec-poller', environment, folder));
  try {
    // So slowly that the kills fall into the middle of it.
    setup.perTurn = 1;
    await setup.startOne(SuccessReporterModule);
    await setup.startOne(ErrorFlaggerModule);
    await Promise.all(pollers.map((poller) => poller.start()));
    let killedActive = 0;
    for (let kill = 0; kill < kills; kill++) {
      const until = setup.journal.length + 5 + Math.floor((random.next() * students) / kills);
      await eventually(() => expect(setup.journal.length >= until || done(setup)).toBe(true), 60_000);
      const victim = pollers[Math.floor(random.next() * 2)]!;
      killedActive += await victim.metric('itk_poller_active').catch(() => 0);
      await victim.kill();
      await victim.start();
    }
    setup.perTurn = 50;
    const expected = setup.sandbox.expected('LMS');
    await eventually(async () => expect(await hidden(setup)).toBe(expected.size), 120_000);
    await eventually(() => expect(setup.underWay.size).toBe(0), 30_000);
    process.stderr.write(`two pollers: ${kills} kills, ${killedActive} of them of the one that asked\n`);

    const rows = await register(setup);
    for (const [code, one] of expected) expect([code, rows.get(code)]).toEqual([code, one.kind === 'fault']);
    expect(rows.size).toBe(expected.size);
    const unheard = new Set([...expected].flatMap(([code, one]) => (one.kind === 'fault' ? [code] : [])));
    for (const event of setup.journal)
      if (isOfType(event, eventTypes.SynchronizationFailed)) unheard.delete(event.subject);
    expect(unheard).toEqual(new Set());
    const revisions = new Map<string, number[]>();
    for (const event of setup.journal)
      if (isOfType(event, eventTypes.StudentChanged))
        revisions.set(event.subject, [...(revisions.get(event.subject) ?? []), event.data.revision]);
    expect([...revisions.keys()].sort()).toEqual([...rows].flatMap(([code, error]) => (error ? [] : [code])).sort());
    for (const [code, mine] of revisions)
      expect([code, mine]).toEqual([code, [...new Set(mine)].sort((a, b) => a - b)]);
    // Only what a killed one had published without seeing the confirm may go out again: a window each time.
    const again = [...revisions.values()].reduce((sum, mine) => sum + mine.length - 1, 0);
    expect(again).toBeLessThanOrEqual(killedActive * window);
    expect(setup.mostUnderWay).toBeLessThanOrEqual(killedActive === 0 ? window : 2 * window);
    // The lock of the infobase: a killed one's call may still be running there when the next begins.
    expect(setup.sandbox.traffic.atOnce).toBeLessThanOrEqual(killedActive === 0 ? 1 : 2);
    for (const poller of pollers) expect(poller.errors).toEqual([]);
  } finally {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await setup.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Live rows by student: is it an error? */
async function register({ component }: Setup): Promise<Map<string, boolean>> {
  const rows: { student: string; error: boolean }[] = await component.dataSource.query(
    'select student, bool_or(error) as error from onec_component.synchronization group by student',
  );
  return new Map(rows.map(({ student, error }) => [student, error]));
}

const hidden = async (setup: Setup): Promise<number> => (await register(setup)).size;
const done = (setup: Setup): boolean => setup.underWay.size === 0 && setup.journal.length > 0;
