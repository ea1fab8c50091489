import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Switches } from '../../sandbox/moodle/switches/switches.js';
import { until } from '../harness/until.js';
import { Setup } from './setup.js';
import { smallUniversity } from './small-university.js';
import type { Heard } from './what-1c-heard.js';

const always = (kind: 'http500' | 'http502' | 'html' | 'empty'): Partial<Switches> => ({ faults: [{ kind }] });
/** Every way in which a Moodle is away, and what the pause says of it. */
const ways = {
  reset: [{ away: 'reset' }, /недоступен/, /cannot be reached/],
  silent: [{ away: 'silent' }, /не ответил за 120 с/, /did not answer within 120 s/],
  fatal: [always('http500'), /HTTP 500/, /HTTP 500/],
  gateway: [always('http502'), /HTTP 502/, /HTTP 502/],
  page: [always('html'), /Вместо JSON пришла страница/, /A page came instead of JSON/],
  empty: [always('empty'), /Пустой ответ/, /An empty answer/],
  maintenance: [{ maintenance: 'pages' }, /на обслуживании/, /under maintenance/],
  commandLineMaintenance: [{ maintenance: 'cli' }, /HTTP 503|на обслуживании/, /HTTP 503|under maintenance/],
  upgrade: [{ upgradeRunning: true }, /обновляется/, /being upgraded/],
} satisfies Record<string, [Partial<Switches>, RegExp, RegExp]>;
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];

const made = smallUniversity(
  [{ students: 12, courses: [2, 3] }],
  names.map((_, index) => `LMS${index + 1}`),
);
const [everyone] = made.codes as [string[]];

describe('a Moodle that is away', () => {
  let setup: Setup<Way>;

  beforeAll(async () => {
    setup = await Setup.open(names, {
      university: made.university,
      courses: 3,
      system: (usual) => ({ ...usual, pollInterval: 'PT1S' }),
    });
    for (const name of names) Object.assign(setup.system(name).moodle.switches, ways[name][0]);
    await setup.university.start();
    for (const name of names)
      await until(`${name} is paused`, async () => (await setup.pausesIn(name)).length > 0, 200_000);
    // Several probes of each go by in vain.
    await new Promise((done) => setTimeout(done, 45_000));
  }, 600_000);
  afterAll(async () => setup?.close(), 60_000);

  it.each(names)('%s: says why, in both languages, and tries nobody twice', async (name) => {
    const [, ru, en] = ways[name];
    expect(await setup.pausesIn(name)).toMatchObject([
      {
        service: 'user-provisioner',
        kind: 'outage',
        reason: { ru: expect.stringMatching(ru), en: expect.stringMatching(en) },
      },
    ]);
    for (const outcome of ['retry', 'dead'] as const)
      expect([outcome, await setup.outcomes(name, outcome)]).toEqual([outcome, 0]);
    expect(await setup.heardIn(name)).toEqual(new Map());
  });

  it('resumes by itself', async () => {
    for (const name of names) setup.system(name).moodle.mend();
    for (const name of names) {
      const heard = await setup.untilHeard(name, everyone.length, 60_000);
      expect([name, heard]).toEqual([name, new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']))]);
      expect([name, setup.stands(name)]).toEqual([name, setup.shouldStand(name)]);
      expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
    }
  }, 300_000);
});
