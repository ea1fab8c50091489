import { expect } from '@jest/globals';
import { generateUniversity } from '../../sandbox/onec/university/generate.js';
import { Random } from '../../sandbox/onec/university/random.js';
import { startPostgres, startRabbit, type Disposable, type DisposableRabbit } from '../../tools/servers/disposable.mjs';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { shortenLadder } from '../harness/ladder.js';
import { runUniversity, serviceNames, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { killConsumers, leaveRubbish } from './injected/broken-messages.js';
import { wreak } from './chaos.js';
import { expectFoldedByCourse, expectRightNames, takeOffered } from './found.js';
import { injectIntoOneC } from './injected/in-one-c.js';
import { expectRightFlags, releaseHeldFlags, untilAllAreReported, untilNoErrorRowIsLeft } from './register.js';
import { mendAndReplay, untilNothingIsOpen } from './replayed.js';
import { pausesIn, takeAway } from './injected/settings.js';
import { injectIntoMoodle, type Measure, type Injected } from './injected/in-moodle.js';

export interface Fire {
  students: number;
  seed: number;
  /** Deeds by chance, after each has been done once. */
  disruptions: number;
  /** Seconds that anything awaited may take; a bound for what hangs, not a measure: a busy machine takes long. */
  patience: number;
}

/** The ladder of this broker in milliseconds: a run of minutes cannot wait for hours. */
const ladderMs = 300;
const courses = 40;

/** 1C is told of 2 % of a system's students an hour at the most; those who are flagged must be fewer. */
const measureFor = (students: number): Measure => ({
  names: Math.ceil(students / 200),
  held: Math.ceil(students / 200),
  unexplained: 2,
  temporary: 2,
});

/**
 * A university on two systems with failures of every kind injected in, synchronised while processes, servers and
 * connections die. Then everything is compared with the independent calculation, mended and replayed, and compared
 * once more.
 */
export async function underFire(fire: Fire): Promise<void> {
  const [rabbit, postgres] = await Promise.all([startRabbit(), startPostgres()]);
  let running: RunningUniversity | undefined;
  try {
    await shortenLadder(rabbit.api, ladderMs);
    const options = { students: fire.students, seed: fire.seed, courses, faulty: 0.02, today: new Date() };
    const university = generateUniversity({ ...options, systems: ['LMS1', 'LMS2'] });
    const injectedIntoOneC = injectIntoOneC(university, fire.seed, measureFor(fire.students).names);
    running = await runUniversity({
      ...{ university, courses, systems: 2 },
      ...{ databaseUrl: postgres.url, amqpUrl: rabbit.url, throughProxy: true },
    });
    await burn(running, injectedIntoOneC, { rabbit, postgres }, fire);
  } finally {
    await running?.stop();
    await Promise.all([rabbit.stop(), postgres.stop()]);
  }
}

async function burn(
  running: RunningUniversity,
  injectedIntoOneC: ReturnType<typeof injectIntoOneC>,
  servers: { rabbit: DisposableRabbit; postgres: Disposable },
  { students, seed, disruptions, patience }: Fire,
): Promise<void> {
  const begun = Date.now();
  const ms = patience * 1000;
  const say = (text: string) =>
    process.stderr.write(`under fire, seed ${seed}, ${((Date.now() - begun) / 1000).toFixed(0)} s: ${text}\n`);
  const { onec, systems } = running;
  const keepContradicting = () => (onec.switches.contradicting = injectedIntoOneC.contradicting);
  keepContradicting();

  const replicas = [...serviceNames.filter((name) => name !== 'onec-component'), 'console' as const].map((name) =>
    running.replica(name),
  );
  const consoles = [replicas.at(-1)!, running.replica('console')];
  await running.start(serviceNames.filter((name) => name !== 'user-provisioner'));
  const crashed = await killConsumers(servers.rabbit.url, running, ms);
  const measure = measureFor(students);
  const injected = systems.map((_, index) =>
    injectIntoMoodle(running, index, injectedIntoOneC, crashed[index]!, measure, seed),
  );
  say(`crashed: ${crashed.join(', ')}`);

  const random = new Random(seed);
  const spoilt = systems[0]!;
  const { what, giveBack } = takeAway(spoilt.moodle.switches, random);
  await Promise.all([running.services['user-provisioner'], ...replicas, consoles[1]!].map((one) => one.start()));
  await leaveRubbish(servers.rabbit.url, running);
  const paused = async () => (await pausesIn(running, spoilt.id)).includes('configuration');
  await until(`${spoilt.els} is paused for want of its ${what}`, paused, ms);
  giveBack();
  say(`${spoilt.els} was paused for want of its ${what}`);

  const processes = [...Object.values(running.services), ...replicas, consoles[1]!];
  const rules = injected.map((each) => each.rules);
  await wreak({ university: running, ...servers, processes, rules, seed }, disruptions, say);
  onec.reset();
  keepContradicting();
  for (const [index, { moodle }] of systems.entries()) {
    moodle.mend();
    moodle.switches.faults = rules[index]!;
  }
  say('all disruptions are done and undone');

  await untilAllAreReported(running, injected, ms, say);
  // The last disruption may have put one after everybody was through: it ends by itself.
  await until('no pause is left', async () => (await pausesIn(running)).length === 0, ms);
  const standing = (els: string, code: string) => whatShouldStand(onec.expected(els)).get(code);
  await takeOffered(running, injected, crashed, standing, ms, say);
  expectStanding(
    running,
    injected.map(({ stands }) => stands),
  );
  await releaseHeldFlags(running, say);
  await expectRightFlags(running, injected);
  await expectRightNames(running, injected, ms);
  await expectFoldedByCourse(running, injected);
  say('every failure is named rightly');

  await mendAndReplay(running, injected, consoles, ms, say);
  await untilNothingIsOpen(running, ms);
  const healed = systems.map(({ els }): Injected => {
    const stands = whatShouldStand(onec.expected(els));
    return { ...injected[0]!, stands, failures: new Map(), flaggedBy1C: new Set() };
  });
  await untilAllAreReported(running, healed, ms, say);
  expectStanding(
    running,
    healed.map(({ stands }) => stands),
  );
  await untilNoErrorRowIsLeft(running, ms);
  say('everything is mended and nothing is open');
}

/** Moodle holds what the independent calculation says, and nobody twice. Accounts in the way are not ours. */
function expectStanding({ systems }: RunningUniversity, wanted: readonly Map<string, unknown>[]): void {
  for (const [index, { els, moodle }] of systems.entries()) {
    const stands = new Map([...whatStands(moodle)].filter(([code]) => !code.startsWith('staff-')));
    const should = wanted[index]!;
    const told = (code: string): string =>
      `${code}: ${JSON.stringify(stands.get(code))} in place of ${JSON.stringify(should.get(code))}`;
    const different = [...new Set([...stands.keys(), ...should.keys()])]
      .filter((code) => JSON.stringify(stands.get(code)) !== JSON.stringify(should.get(code)))
      .map(told);
    expect({ els, different }).toEqual({ els, different: [] });
    expect(moodle.state.users.duplicateIdnumbers()).toEqual([]);
  }
}
