import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSystem } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { Setup } from './setup.js';
import { smallUniversity } from './small-university.js';
import type { Heard } from './what-1c-heard.js';

interface Wrong {
  service: 'user-provisioner' | 'course-enroller';
  cause: [ru: RegExp, en: RegExp];
  /** Merged into the section of the configuration. */
  section?: Record<string, unknown>;
  spoil?(system: RunningSystem): void;
  mend(system: RunningSystem): void;
}

const lacking = (capability: string, service: Wrong['service']): Wrong => ({
  service,
  cause: [new RegExp(capability), new RegExp(capability)],
  spoil: ({ moodle }) => void (moodle.switches.capabilitiesMissing = [capability]),
  mend: ({ moodle }) => moodle.mend(),
});
const switched = (
  service: Wrong['service'],
  cause: Wrong['cause'],
  switches: Partial<RunningSystem['moodle']['switches']>,
): Wrong => ({
  service,
  cause,
  spoil: ({ moodle }) => void Object.assign(moodle.switches, switches),
  mend: ({ moodle }) => moodle.mend(),
});

/** Every wrong setting that stands from the start. */
const wrong: Record<string, Wrong> = {
  token: {
    service: 'user-provisioner',
    cause: [/токен/, /token/],
    spoil: ({ tokenFile }) => writeFileSync(tokenFile, 'of-last-year'),
    mend: ({ tokenFile }) => writeFileSync(tokenFile, 'sandbox'),
  },
  webServices: switched('user-provisioner', [/Веб-службы/, /Web services/], { webServices: false }),
  service: switched('user-provisioner', [/отказал в доступе/, /refused access/], { serviceEnabled: false }),
  otherAddress: switched('user-provisioner', [/другой адрес/, /another address/], {
    wwwroot: 'http://moodle.example.edu',
  }),
  account: switched('user-provisioner', [/Сервисная учётная запись/, /service account/], {
    serviceAccountSuspended: true,
  }),
  functionMissing: switched('user-provisioner', [/core_user_create_users/, /core_user_create_users/], {
    functionsMissing: ['core_user_create_users'],
  }),
  auth: {
    service: 'user-provisioner',
    cause: [/saml2/, /saml2/],
    section: { accounts: { auth: 'saml2' } },
    mend: ({ moodle }) => void moodle.switches.authPlugins.push('saml2'),
  },
  language: {
    service: 'user-provisioner',
    cause: [/tt/, /tt/],
    section: { accounts: { lang: 'tt' } },
    mend: ({ moodle }) => void moodle.switches.languages.push('tt'),
  },
  create: lacking('moodle/user:create', 'user-provisioner'),
  enrol: lacking('enrol/manual:enrol', 'course-enroller'),
  role: switched('course-enroller', [/роль с номером 5/, /role with id 5/], { assignableRoles: [] }),
};
/** Right at first: its look-ups go blind later. */
const names = [...Object.keys(wrong), 'blind', 'blindToNumbers'];
const goBlind: Record<string, string> = {
  blind: 'moodle/user:viewdetails',
  blindToNumbers: 'moodle/user:viewalldetails',
};

const made = smallUniversity(
  [{ students: 8, courses: [2, 3] }],
  names.map((_, index) => `LMS${index + 1}`),
);
const [before] = made.codes as [string[]];

describe('a wrong setting', () => {
  let setup: Setup<string>;
  let everyone: string[];
  const calls = (name: string) => setup.system(name).moodle.state.counters.calls;

  beforeAll(async () => {
    setup = await Setup.open(names, {
      university: made.university,
      courses: 3,
      system: (usual, index) => ({ ...usual, pollInterval: 'PT1S', ...wrong[names[index]!]?.section }),
    });
    for (const [name, { spoil }] of Object.entries(wrong)) spoil?.(setup.system(name));
    await setup.university.start();
    for (const name of Object.keys(goBlind)) await setup.untilHeard(name, before.length, 90_000);
    for (const [name, capability] of Object.entries(goBlind))
      setup.system(name).moodle.switches.capabilitiesMissing = [capability];
    everyone = [...before, ...setup.university.onec.changes.admit(4, made.groups[0]!, 3)];
    for (const name of names)
      await until(`${name} is paused`, async () => (await setup.pausesIn(name)).length > 0, 90_000);
  }, 300_000);
  afterAll(async () => setup?.close(), 60_000);

  it.each(names)('%s: pauses the system and says why and the cure', async (name) => {
    const { service, cause } = wrong[name] ?? {
      service: 'user-provisioner',
      cause: [new RegExp(goBlind[name]!), new RegExp(goBlind[name]!)],
    };
    expect(await setup.pausesIn(name)).toMatchObject([
      {
        service,
        kind: 'configuration',
        reason: { ru: expect.stringMatching(cause[0]!), en: expect.stringMatching(cause[1]!) },
        cure: { ru: expect.stringMatching(/[а-я]{3}/), en: expect.stringMatching(/[a-z]{3}/) },
      },
    ]);
  });

  it('every minute one message is tried in vain, and stays what it was', async () => {
    const counted = new Map(names.map((name) => [name, calls(name)]));
    const blocked = new Set(['webServices', 'otherAddress']); // refused before anything counts calls
    for (const name of names)
      if (!blocked.has(name)) await until(`${name} is tried`, () => calls(name) > counted.get(name)!, 75_000);
    await new Promise((done) => setTimeout(done, 60_000));
    for (const name of names) {
      expect([name, (await setup.pausesIn(name)).map(({ kind }) => kind)]).toEqual([name, ['configuration']]);
      expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
      const heard = [...(await setup.heardIn(name)).values()];
      expect([name, heard.filter((word) => word !== 'synchronized')]).toEqual([name, []]);
    }
  }, 300_000);

  it('mended, it resumes by itself: everyone is through, nobody dead or flagged', async () => {
    for (const [name, { mend }] of Object.entries(wrong)) mend(setup.system(name));
    for (const name of Object.keys(goBlind)) setup.system(name).moodle.mend();
    for (const name of names) {
      const heard = await setup.untilHeard(name, everyone.length, 90_000);
      expect([name, heard]).toEqual([name, new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']))]);
      expect([name, setup.stands(name)]).toEqual([name, setup.shouldStand(name)]);
      expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
    }
  }, 300_000);
});
