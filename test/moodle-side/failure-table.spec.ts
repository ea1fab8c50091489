import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes, makeEvent, routingKey } from '#contracts';
import { deliveryLimit, workQueue } from '#messaging';
import type { FaultKind } from '../../sandbox/moodle/switches/faults.js';
import { serviceNames } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import type { DeadLetter } from './broker-view.js';
import { Scene } from './scene.js';
import { smallUniversity } from './small-university.js';
import { pausesOf, type Heard, type StandingPause } from './what-1c-heard.js';

/** One university, a Moodle for every way in which a whole system can fail, and one for the ways of single records. */
const names = [
  ...['refused', 'maintenance', 'page'],
  ...['token', 'auth', 'capability', 'role'],
  ...['deadlock', 'broken', 'records'],
] as const;
type Name = (typeof names)[number];
const away: Name[] = ['refused', 'maintenance', 'page'];
const setWrongly: Name[] = ['token', 'auth', 'capability', 'role'];

const { university: made, codes } = smallUniversity(
  [
    { students: 8, courses: [2, 3] },
    { students: 1, courses: [2, 5] },
    { students: 1, courses: [2, 6] },
    { students: 1, courses: [2, 7] },
  ],
  names.map((_, index) => `LMS${index + 1}`),
);
const everyone = codes.flat();
const [victim, taken, unconfirmed, unhandled] = codes[0] as [string, string, string, string];
const [[noManual], [hidden], [noCourse]] = codes.slice(1) as [[string], [string], [string]];

describe('every kind of failure ends as the table of DESIGN says', () => {
  let scene: Scene<Name>;
  let crashed: string;

  beforeAll(async () => {
    scene = await Scene.open(names, {
      university: made,
      courses: 6,
      system: (usual, index) => ({
        ...usual,
        pollInterval: 'PT1S',
        ...(names[index] === 'auth' && { accounts: { auth: 'saml2' } }),
      }),
    });
    await sow();
    const { university } = scene;
    await university.start(serviceNames.filter((name) => name !== 'user-provisioner'));
    const queue = workQueue('user-provisioner', scene.system('records').id);
    await until('the first students wait', async () => (await scene.view.waiting(queue)) === everyone.length, 30_000);
    const message = await scene.view.dieWithOneInHand(queue, deliveryLimit + 1);
    crashed = (JSON.parse(message.content.toString()) as { subject: string }).subject;
    await university.services['user-provisioner'].start();
  }, 120_000);
  afterAll(async () => {
    await scene?.close();
  }, 60_000);

  async function sow(): Promise<void> {
    const everyCall = (kind: FaultKind) => ({ kind });
    await scene.system('refused').moodle.goAway();
    scene.system('maintenance').moodle.switches.maintenance = 'pages';
    scene.system('page').moodle.switches.faults = [everyCall('html')];
    writeFileSync(scene.system('token').tokenFile, 'of-last-year');
    scene.system('capability').moodle.switches.capabilitiesMissing = ['enrol/manual:enrol'];
    scene.system('role').moodle.switches.assignableRoles = [];
    const enrol = ['enrol_manual_enrol_users'];
    scene.system('deadlock').moodle.switches.faults = [{ kind: 'deadlock', functions: enrol, times: 2 }];
    scene.system('broken').moodle.switches.faults = [{ kind: 'html', functions: enrol }];
    const { users, courses } = scene.system('records').moodle.state;
    const person = { firstname: 'Another', lastname: 'Human' };
    users.insert({ ...person, username: taken, email: 'another@example.org', idnumber: 'staff-7' });
    users.insert({
      ...person,
      username: 'newcomer',
      email: 'newcomer@example.org',
      idnumber: unconfirmed,
      confirmed: false,
    });
    courses.update(courses.get(5)!, { manual: false });
    courses.update(courses.get(6)!, { visible: false });
    courses.remove(courses.get(7)!);
    scene.system('records').moodle.switches.capabilitiesMissing = ['moodle/course:viewhiddencourses'];
  }

  describe('outage and configuration', () => {
    let pauses: StandingPause[];
    const pausesIn = (name: Name) => pauses.filter(({ system }) => system === scene.system(name).id);

    beforeAll(async () => {
      const wanted = away.length + setWrongly.length;
      await until('all are paused', async () => (pauses = await pausesOf(scene.university)).length >= wanted, 60_000);
    }, 60_000);

    it.each([
      ['refused', 'user-provisioner', /недоступен/, /cannot be reached/],
      ['maintenance', 'user-provisioner', /на обслуживании/, /under maintenance/],
      ['page', 'user-provisioner', /Вместо JSON пришла страница/, /A page came instead of JSON/],
    ] as const)('outage (%s): paused, saying why', (name, _, ru, en) => {
      expect(pausesIn(name)).toMatchObject([{ service: 'user-provisioner', kind: 'outage' }]);
      const [{ reason, cure }] = pausesIn(name) as [StandingPause];
      expect(reason).toEqual({ ru: expect.stringMatching(ru), en: expect.stringMatching(en) });
      expect(cure).toEqual({ ru: expect.any(String), en: expect.any(String) });
    });

    it.each([
      ['token', 'user-provisioner', /токен/, /token/, /токен/, /token file/],
      ['auth', 'user-provisioner', /saml2/, /saml2/, /accounts\.auth/, /accounts\.auth/],
      [
        'capability',
        'course-enroller',
        /enrol\/manual:enrol/,
        /enrol\/manual:enrol/,
        /Разрешите/,
        /Allow this capability/,
      ],
      ['role', 'course-enroller', /роль с номером 5/, /role with id 5/, /moodle\.roles/, /Allow role assignments/],
    ] as const)('configuration (%s): paused, saying why and the cure', (name, service, ru, en, cureRu, cureEn) => {
      expect(pausesIn(name)).toMatchObject([{ service, kind: 'configuration' }]);
      const [{ reason, cure }] = pausesIn(name) as [StandingPause];
      expect(reason).toEqual({ ru: expect.stringMatching(ru), en: expect.stringMatching(en) });
      expect(cure).toEqual({ ru: expect.stringMatching(cureRu), en: expect.stringMatching(cureEn) });
    });

    it('meanwhile nobody is dead, tried twice or told of, and all wait', async () => {
      for (const name of [...away, ...setWrongly]) {
        const { id } = scene.system(name);
        expect([name, await scene.outcomes(name, 'retry'), await scene.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
        expect([name, scene.view.lettersOf(id)]).toEqual([name, []]);
        expect([name, scene.view.eventsOf(id, eventTypes.StudentReported)]).toEqual([name, []]);
        expect([name, ...(await scene.heardIn(name))]).toEqual([name]);
        const service = setWrongly.indexOf(name) >= 2 ? 'course-enroller' : 'user-provisioner';
        await until(
          `all of ${name} wait untouched`,
          async () => (await scene.view.waiting(workQueue(service, id))) === everyone.length,
          10_000,
        );
      }
    }, 60_000);

    it('resumes by itself when mended, with nobody forgotten, dead or flagged', async () => {
      await scene.system('refused').moodle.comeBack();
      writeFileSync(scene.system('token').tokenFile, 'sandbox');
      for (const name of [...away, ...setWrongly]) scene.system(name).moodle.mend();
      scene.system('auth').moodle.switches.authPlugins.push('saml2');
      for (const name of [...away, ...setWrongly]) {
        const wanted = new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']));
        await until(`${name} is through`, async () => (await scene.heardIn(name)).size === everyone.length, 85_000);
        expect([name, await scene.heardIn(name)]).toEqual([name, wanted]);
        expect([name, scene.stands(name)]).toEqual([name, scene.shouldStand(name)]);
        expect([name, await scene.outcomes(name, 'retry'), await scene.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
      }
      expect(await pausesOf(scene.university)).toEqual([]);
    }, 100_000);
  });

  describe('temporary', () => {
    it('climbs the ladder and is through once it has passed', async () => {
      await until(
        'deadlock is through',
        async () => (await scene.heardIn('deadlock')).size === everyone.length,
        60_000,
      );
      // All who were in the call that met the deadlock: the first batch may not hold everybody yet.
      const retried = await scene.outcomes('deadlock', 'retry');
      expect(retried).toBeGreaterThan(0);
      expect(retried).toBeLessThanOrEqual(everyone.length);
      expect(new Set((await scene.heardIn('deadlock')).values())).toEqual(new Set(['synchronized']));
      expect(scene.stands('deadlock')).toEqual(scene.shouldStand('deadlock'));
      expect(scene.system('deadlock').moodle.state.counters.noopEnrolments).toBe(0);
    }, 60_000);

    it('is dead at the end of the ladder, and 1C hears later', async () => {
      await until('broken has told 1C', async () => (await scene.heardIn('broken')).size === everyone.length, 60_000);
      expect(new Set((await scene.heardIn('broken')).values())).toEqual(new Set(['later']));
      const letters = scene.view.lettersOf(scene.system('broken').id);
      expect(letters.map(({ code }) => code).sort()).toEqual([...everyone].sort());
      for (const { kind, headers, queue } of letters) {
        expect({ kind, queue }).toEqual({
          kind: 'temporary',
          queue: workQueue('course-enroller', scene.system('broken').id) + '.dead',
        });
        expect(headers['x-attempt']).toBe(5);
        expect(headers['x-itk-reason-ru']).toMatch(/Вместо JSON пришла страница/);
        expect(headers['x-itk-reason-en']).toMatch(/A page came instead of JSON/);
      }
    }, 60_000);
  });

  describe('student, course, unexplained, contract, crash', () => {
    const letterOf = (code: string): DeadLetter | undefined =>
      scene.view.lettersOf(scene.system('records').id).find((letter) => letter.code === code);

    beforeAll(async () => {
      const { id } = scene.system('records');
      await until(
        'all the others are told',
        async () => (await scene.heardIn('records')).size === everyone.length - 1,
        60_000,
      );
      const key = routingKey(id, eventTypes.StudentChanged);
      scene.view.publishRaw(key, Buffer.from('{ not JSON'), 'not-json');
      scene.view.publishRaw(key, Buffer.from('{"specversion":"1.0","id":"x","subject":"half"}'), 'half');
      const reported = makeEvent(
        eventTypes.StudentReported,
        { system: id, code: unhandled, revision: Date.now() + 60_000, told: 'nothing' },
        { service: 'test' },
      );
      scene.view.publishRaw(key, Buffer.from(JSON.stringify(reported)), reported.id);
      await until('these are dead too', () => scene.view.lettersOf(id).length === 9, 30_000);
    }, 90_000);

    it.each([
      ['student', taken, 'error', 'username-taken', /занято другой учётной записью/, /held by another account/],
      ['unexplained', unconfirmed, 'later', 'account-unconfirmed', /не подтверждена/, /not confirmed/],
      ['course', noManual, 'later', 'no-manual-enrolment', /курсе 5.*«Вручную»/, /Course 5 has no enabled manual/],
      ['course', hidden, 'later', 'course-not-accessible', /Курс 6 скрыт/, /Course 6 is hidden/],
      ['course', noCourse, 'later', 'course-missing', /Курса 7 в Moodle нет/, /no course 7/],
    ] as const)('%s (student %s): dead, and 1C hears %s', async (kind, code, told, cause, ru, en) => {
      const letter = letterOf(code)!;
      expect({ kind: letter.kind, cause: letter.headers['x-itk-cause'] }).toEqual({ kind, cause });
      expect(letter.headers['x-itk-reason-ru']).toMatch(ru);
      expect(letter.headers['x-itk-reason-en']).toMatch(en);
      expect(letter.headers['x-itk-cure-ru']).toEqual(expect.any(String));
      expect(letter.headers['x-itk-cure-en']).toEqual(expect.any(String));
      expect((await scene.heardIn('records')).get(code)).toBe(told);
      const { id } = scene.system('records');
      const failed = scene.view
        .eventsOf(id, eventTypes.SynchronizationFailed)
        .filter(({ subject }) => subject === code);
      const reason = { ru: letter.headers['x-itk-reason-ru'], en: letter.headers['x-itk-reason-en'] };
      expect(failed.map(({ data }) => data)).toMatchObject([{ kind, reason }]);
      const reported = scene.view.eventsOf(id, eventTypes.StudentReported).filter(({ subject }) => subject === code);
      expect(reported.map(({ data }) => data.told)).toEqual([told]);
    });

    it('course: what could be done is done', () => {
      const { moodle } = scene.system('records');
      for (const code of [noManual, hidden, noCourse]) {
        const [user] = moodle.state.users.withIdnumber(code);
        expect(moodle.state.enrolments.get(2, user!.id)).toMatchObject({ suspended: false });
      }
      const { id } = scene.system('records');
      for (const { data } of scene.view.eventsOf(id, eventTypes.SynchronizationFailed))
        if (data.kind === 'course') expect(data.counts).toMatchObject({ accountCreated: true, enrolled: 1 });
    });

    it.each([
      ['not-json', /нарушает контракт/, /not JSON/],
      ['half', /нарушает контракт/, /breaks its contract/],
    ])('contract (%s): dead, and nobody can be told of', (_, ru, en) => {
      const letters = scene.view
        .lettersOf(scene.system('records').id)
        .filter(({ headers }) => en.test(String(headers['x-itk-reason-en'])));
      expect(letters.length).toBeGreaterThan(0);
      for (const { kind, headers } of letters) {
        expect(kind).toBe('contract');
        expect(headers['x-itk-reason-ru']).toMatch(ru);
      }
    });

    it('contract (no handler): dead, and 1C hears later, for the body says whose it is', async () => {
      const letter = letterOf(unhandled)!;
      expect(letter).toMatchObject({ kind: 'contract', headers: { 'x-itk-cause': 'no-handler' } });
      expect(letter.headers['x-itk-reason-ru']).toMatch(/не обрабатывает/);
      expect(letter.headers['x-itk-reason-en']).toMatch(/handles no events/);
      const { id } = scene.system('records');
      const told = async () =>
        (
          await scene.university.database.query<{ told: string }>(
            'select told from operations.told where system = $1 and code = $2',
            [id, unhandled],
          )
        ).rows[0]?.told;
      await until('1C is told', async () => (await told()) === 'later', 20_000);
    }, 30_000);

    it('crash: dead, unharmed are its neighbours, and 1C hears nothing until the letter is read', async () => {
      expect(crashed).toBe(victim);
      expect(letterOf(victim)).toMatchObject({ kind: 'crash' });
      expect((await scene.heardIn('records')).get(victim)).toBeUndefined();
      expect(scene.system('records').moodle.state.users.withIdnumber(victim)).toEqual([]);
    });

    it('nobody else is touched', async () => {
      const bad = new Set([victim, taken, unconfirmed, noManual, hidden, noCourse]);
      const heard = await scene.heardIn('records');
      const stands = scene.stands('records');
      for (const [code, wanted] of scene.shouldStand('records')) {
        if (bad.has(code)) continue;
        expect([code, heard.get(code)]).toEqual([code, 'synchronized']);
        expect(stands.get(code)).toEqual(wanted);
      }
      expect(await scene.outcomes('records', 'retry')).toBe(0);
    });
  });
});
