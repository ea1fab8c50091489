import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { attemptHeader, workQueue } from '#messaging';
import { until } from '../harness/until.js';
import { Setup } from '../moodle-side/setup.js';
import { smallUniversity } from '../moodle-side/small-university.js';
import type { Heard } from '../moodle-side/what-1c-heard.js';
import { copiesOfWaiting } from './copies.js';

/**
 * Milliseconds of a step of the ladder and of the outage. Half an hour reaches the fourth of the five real steps; this
 * outage is longer than all five together: were it to cost an attempt each time, everybody would be dead in its midst.
 */
const [stepMs, outageMs] = [2_000, 16_000];
const ways = ['refused', 'reset', 'maintenance'] as const;
type Way = (typeof ways)[number];
const services = ['user-provisioner', 'course-enroller'] as const;

const made = smallUniversity(
  [{ students: 30, courses: [2, 3] }],
  ways.map((_, index) => `LMS${index + 1}`),
);
const [everyone] = made.codes as [string[]];
const withoutAccount = everyone.slice(0, 10);

let setup: Setup<Way>;
beforeAll(async () => {
  const options = { university: made.university, courses: 3, system: { pollInterval: 'PT1S' } };
  setup = await Setup.open(ways, options, stepMs);
}, 60_000);
afterAll(async () => setup?.close(), 60_000);

const all = async (action: 'start' | 'stop'): Promise<unknown> =>
  Promise.all(services.map((name) => setup.university.services[name][action]()));

const retries = (service: (typeof services)[number], name: Way): Promise<number> =>
  setup.university.services[service].metric('itk_messages_total', {
    queue: workQueue(service, setup.system(name).id),
    outcome: 'retry',
  });

/** x-attempt of every message under way, by system and student. */
async function attempts(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const name of ways)
    for (const { content, properties } of await copiesOfWaiting(setup.system(name).id, services, everyone.length)) {
      const { subject } = JSON.parse(content.toString()) as { subject: string };
      found.set(`${name} ${subject}`, properties.headers?.[attemptHeader]);
    }
  return found;
}

it('an outage longer than the whole ladder costs no student under way an attempt, and nobody dies of it', async () => {
  for (const name of ways)
    setup.system(name).moodle.switches.faults = [
      ...withoutAccount.map(
        (holding) => ({ kind: 'deadlock', functions: ['core_user_create_users'], holding }) as const,
      ),
      { kind: 'deadlock', functions: ['enrol_manual_enrol_users'] },
    ];
  await setup.university.start();
  let failedBefore = new Map<string, unknown>();
  // Some fail a second time before others have failed once: then on with it.
  for (let round = 1; ; round++) {
    for (const name of ways)
      await until(
        `many in ${name} have failed`,
        async () =>
          (await retries('user-provisioner', name)) >= withoutAccount.length &&
          (await retries('course-enroller', name)) >= everyone.length - withoutAccount.length,
        60_000,
      );
    await all('stop');
    failedBefore = await attempts();
    if (round === 3 || [...failedBefore.values()].every((attempt) => (attempt ?? 0) !== 0)) break;
    await all('start');
  }
  for (const name of ways) setup.system(name).moodle.mend();
  await setup.system('refused').moodle.goAway();
  setup.system('reset').moodle.switches.away = 'reset';
  setup.system('maintenance').moodle.switches.maintenance = 'pages';
  const before = failedBefore;
  expect(before.size).toBe(ways.length * everyone.length);
  for (const [, attempt] of before) expect(attempt).toBeGreaterThan(0);

  await all('start');
  for (const name of ways)
    await until(`${name} is paused`, async () => (await setup.pausesIn(name)).length === services.length, 30_000);
  await new Promise((done) => setTimeout(done, outageMs));
  for (const name of ways) {
    const kinds = (await setup.pausesIn(name)).map(({ kind }) => kind);
    expect([name, kinds]).toEqual([name, ['outage', 'outage']]);
    expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
    expect([name, await setup.heardIn(name)]).toEqual([name, new Map()]);
  }
  await all('stop');
  expect(await attempts()).toEqual(before);

  await all('start');
  for (const name of ways) setup.system(name).moodle.mend();
  await setup.system('refused').moodle.comeBack();
  for (const name of ways) {
    const heard = await setup.untilHeard(name, everyone.length, 60_000);
    expect([name, heard]).toEqual([name, new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']))]);
    expect([name, setup.stands(name)]).toEqual([name, setup.shouldStand(name)]);
    expect([name, setup.view.lettersOf(setup.system(name).id)]).toEqual([name, []]);
    expect([name, await setup.pausesIn(name)]).toEqual([name, []]);
  }
}, 240_000);
