import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes, makeEvent, routingKey } from '#contracts';
import { deliveryLimit, workQueue } from '#messaging';
import { serviceNames } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import type { DeadLetter } from './broker-view.js';
import {
  away,
  everyone,
  hidden,
  makeFail,
  names,
  noCourse,
  noManual,
  setWrongly,
  taken,
  unconfirmed,
  unhandled,
  university as made,
  victim,
  type Name,
} from './failing-sites.js';
import { Setup } from './setup.js';
import { pausesOf, type Heard, type StandingPause } from './what-1c-heard.js';

describe('every kind of failure ends as the table of DESIGN says', () => {
  let setup: Setup<Name>;
  let crashed: string;

  beforeAll(async () => {
    setup = await Setup.open(names, {
      university: made,
      courses: 6,
      system: (usual, index) => ({
        ...usual,
        pollInterval: 'PT1S',
        ...(names[index] === 'auth' && { accounts: { auth: 'saml2' } }),
      }),
    });
    await makeFail(setup);
    const { university } = setup;
    await university.start(serviceNames.filter((name) => name !== 'user-provisioner'));
    const queue = workQueue('user-provisioner', setup.system('records').id);
    await until('the first students wait', async () => (await setup.view.waiting(queue)) === everyone.length, 30_000);
    const message = await setup.view.dieWithOneInHand(queue, deliveryLimit + 1);
    crashed = (JSON.parse(message.content.toString()) as { subject: string }).subject;
    await university.services['user-provisioner'].start();
  }, 120_000);
  afterAll(async () => {
    await setup?.close();
  }, 60_000);

  describe('outage and configuration', () => {
    let pauses: StandingPause[];
    const pausesIn = (name: Name) => pauses.filter(({ system }) => system === setup.system(name).id);

    beforeAll(async () => {
      const wanted = away.length + setWrongly.length;
      await until('all are paused', async () => (pauses = await pausesOf(setup.university)).length >= wanted, 60_000);
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
        const { id } = setup.system(name);
        expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
        expect([name, setup.view.lettersOf(id)]).toEqual([name, []]);
        expect([name, setup.view.eventsOf(id, eventTypes.StudentReported)]).toEqual([name, []]);
        expect([name, ...(await setup.heardIn(name))]).toEqual([name]);
        const service = setWrongly.indexOf(name) >= 2 ? 'course-enroller' : 'user-provisioner';
        await until(
          `all of ${name} wait untouched`,
          async () => (await setup.view.waiting(workQueue(service, id))) === everyone.length,
          10_000,
        );
      }
    }, 60_000);

    it('resumes by itself when mended, with nobody forgotten, dead or flagged', async () => {
      await setup.system('refused').moodle.comeBack();
      writeFileSync(setup.system('token').tokenFile, 'sandbox');
      for (const name of [...away, ...setWrongly]) setup.system(name).moodle.mend();
      setup.system('auth').moodle.switches.authPlugins.push('saml2');
      for (const name of [...away, ...setWrongly]) {
        const wanted = new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']));
        await until(`${name} is through`, async () => (await setup.heardIn(name)).size === everyone.length, 85_000);
        expect([name, await setup.heardIn(name)]).toEqual([name, wanted]);
        expect([name, setup.stands(name)]).toEqual([name, setup.shouldStand(name)]);
        expect([name, await setup.outcomes(name, 'retry'), await setup.outcomes(name, 'dead')]).toEqual([name, 0, 0]);
      }
      expect(await pausesOf(setup.university)).toEqual([]);
    }, 100_000);
  });

  describe('temporary', () => {
    it('climbs the ladder and is through once it has passed', async () => {
      await until(
        'deadlock is through',
        async () => (await setup.heardIn('deadlock')).size === everyone.length,
        60_000,
      );
      // All who were in the call that met the deadlock: the first batch may not hold everybody yet.
      const retried = await setup.outcomes('deadlock', 'retry');
      expect(retried).toBeGreaterThan(0);
      expect(retried).toBeLessThanOrEqual(everyone.length);
      expect(new Set((await setup.heardIn('deadlock')).values())).toEqual(new Set(['synchronized']));
      expect(setup.stands('deadlock')).toEqual(setup.shouldStand('deadlock'));
      expect(setup.system('deadlock').moodle.state.counters.noopEnrolments).toBe(0);
    }, 60_000);

    it('is dead at the end of the ladder, and 1C hears later', async () => {
      await until('broken has told 1C', async () => (await setup.heardIn('broken')).size === everyone.length, 60_000);
      expect(new Set((await setup.heardIn('broken')).values())).toEqual(new Set(['later']));
      const letters = setup.view.lettersOf(setup.system('broken').id);
      expect(letters.map(({ code }) => code).sort()).toEqual([...everyone].sort());
      for (const { kind, headers, queue } of letters) {
        expect({ kind, queue }).toEqual({
          kind: 'temporary',
          queue: workQueue('course-enroller', setup.system('broken').id) + '.dead',
        });
        expect(headers['x-attempt']).toBe(5);
        expect(headers['x-itk-reason-ru']).toMatch(/Вместо JSON пришла страница/);
        expect(headers['x-itk-reason-en']).toMatch(/A page came instead of JSON/);
      }
    }, 60_000);
  });

  describe('student, course, unexplained, contract, crash', () => {
    const letterOf = (code: string): DeadLetter | undefined =>
      setup.view.lettersOf(setup.system('records').id).find((letter) => letter.code === code);

    beforeAll(async () => {
      const { id } = setup.system('records');
      await until(
        'all the others are told',
        async () => (await setup.heardIn('records')).size === everyone.length - 1,
        60_000,
      );
      const key = routingKey(id, eventTypes.StudentChanged);
      setup.view.publishRaw(key, Buffer.from('{ not JSON'), 'not-json');
      setup.view.publishRaw(key, Buffer.from('{"specversion":"1.0","id":"x","subject":"half"}'), 'half');
      const reported = makeEvent(
        eventTypes.StudentReported,
        { system: id, code: unhandled, revision: Date.now() + 60_000, told: 'nothing' },
        { service: 'test' },
      );
      setup.view.publishRaw(key, Buffer.from(JSON.stringify(reported)), reported.id);
      await until('these are dead too', () => setup.view.lettersOf(id).length === 9, 30_000);
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
      expect((await setup.heardIn('records')).get(code)).toBe(told);
      const { id } = setup.system('records');
      const failed = setup.view
        .eventsOf(id, eventTypes.SynchronizationFailed)
        .filter(({ subject }) => subject === code);
      const reason = { ru: letter.headers['x-itk-reason-ru'], en: letter.headers['x-itk-reason-en'] };
      expect(failed.map(({ data }) => data)).toMatchObject([{ kind, reason }]);
      const reported = setup.view.eventsOf(id, eventTypes.StudentReported).filter(({ subject }) => subject === code);
      expect(reported.map(({ data }) => data.told)).toEqual([told]);
    });

    it('course: what could be done is done', () => {
      const { moodle } = setup.system('records');
      for (const code of [noManual, hidden, noCourse]) {
        const [user] = moodle.state.users.withIdnumber(code);
        expect(moodle.state.enrolments.get(2, user!.id)).toMatchObject({ suspended: false });
      }
      const { id } = setup.system('records');
      for (const { data } of setup.view.eventsOf(id, eventTypes.SynchronizationFailed))
        if (data.kind === 'course') expect(data.counts).toMatchObject({ accountCreated: true, enrolled: 1 });
    });

    it.each([
      ['not-json', /нарушает контракт/, /not JSON/],
      ['half', /нарушает контракт/, /breaks its contract/],
    ])('contract (%s): dead, and nobody can be told of', (_, ru, en) => {
      const letters = setup.view
        .lettersOf(setup.system('records').id)
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
      const { id } = setup.system('records');
      const told = async () =>
        (
          await setup.university.database.query<{ told: string }>(
            'select told from operations.told where system = $1 and code = $2',
            [id, unhandled],
          )
        ).rows[0]?.told;
      await until('1C is told', async () => (await told()) === 'later', 20_000);
    }, 30_000);

    it('crash: dead, unharmed are its neighbours, and 1C hears nothing until the letter is read', async () => {
      expect(crashed).toBe(victim);
      expect(letterOf(victim)).toMatchObject({ kind: 'crash' });
      expect((await setup.heardIn('records')).get(victim)).toBeUndefined();
      expect(setup.system('records').moodle.state.users.withIdnumber(victim)).toEqual([]);
    });

    it('nobody else is touched', async () => {
      const bad = new Set([victim, taken, unconfirmed, noManual, hidden, noCourse]);
      const heard = await setup.heardIn('records');
      const stands = setup.stands('records');
      for (const [code, wanted] of setup.shouldStand('records')) {
        if (bad.has(code)) continue;
        expect([code, heard.get(code)]).toEqual([code, 'synchronized']);
        expect(stands.get(code)).toEqual(wanted);
      }
      expect(await setup.outcomes('records', 'retry')).toBe(0);
    });
  });
});
