import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { both, eventTypes, makeEvent, parseEvent, type CloudEvent } from '#contracts';
import { deadQueue } from '#messaging';
import { addressOf, PauseBook, serveErrands, TroubleBook } from '#persistence';
import { passwordFits } from '#platform';
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { Duty } from '../duty.js';
import {
  ConsoleSetup,
  noCourse,
  studentChanged,
  synchronized,
  until,
  userProvisioned,
} from '../testing/console-setup.js';
import { exitCodes } from './exit-codes.js';
import { runCli } from './program.js';

const setup = new ConsoleSetup();
let moodle: SandboxMoodle;
let folder: string;
let environment: Record<string, string>;
let duty: Duty | undefined;

beforeAll(async () => {
  await setup.open();
  moodle = await createSandboxMoodle({ courses: 3 });
  folder = mkdtempSync(join(tmpdir(), 'itk-cli-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  environment = {
    ITK_LANG: 'en',
    ITK_BY: 'olga',
    DATABASE_URL: addressOf(setup.dataSource),
    AMQP_URL: process.env.ITK_TEST_AMQP_URL!,
    ITK_CONFIG: file(
      'itk.yaml',
      JSON.stringify({
        systems: [
          {
            id: setup.system,
            els: 'LMS',
            synchronizer: {
              url: 'http://127.0.0.1:1/ws/ITK_Synchronizer.1cws',
              user: 'itk',
              passwordFile: file('password', 'x'),
              zone: 'Europe/Moscow',
            },
            moodle: { url: moodle.url, tokenFile: file('token', moodle.token) },
          },
        ],
      }),
    ),
  };
});
afterEach(async () => {
  await duty?.stop();
  duty = undefined;
  await setup.clear();
});
afterAll(async () => {
  await moodle.close();
  await setup.close();
  rmSync(folder, { recursive: true });
});

async function itk(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCli(given, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    environment,
  });
  return { code, out, err };
}
const json = async <T = Record<string, never>>(...given: string[]): Promise<T> =>
  JSON.parse((await itk(...given, '--json')).out) as T;

function console_(): void {
  duty = new Duty(
    setup.dataSource,
    setup.publisher,
    { make: () => Promise.resolve() },
    {
      systems: [setup.system],
      broker: { url: process.env.ITK_TEST_AMQP_URL! },
      journalDays: 90,
    },
  );
  duty.start();
}
const bury = (count: number): Promise<CloudEvent[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const event = userProvisioned(setup.system, `00${index}`, 50);
      await setup.bury(event, noCourse());
      return event;
    }),
  );
const drained = (count: number) => until('all are drained', async () => (await setup.failures()).length === count);

test('a missing course: found, understood, mended, replayed, closed', async () => {
  console_();
  await bury(12);
  await drained(12);
  const groups = await itk('failures', 'groups');
  expect(groups.code).toBe(0);
  expect(groups.out).toMatch(/course-enroller +course +12 +12 +0 .*There is no course 23 in Moodle/);
  const [group] = await json<{ group: string }[]>('failures', 'groups');

  expect((await itk('failures', 'list', '--group', group!.group.slice(0, 4), '--limit', '3')).out).toMatch(
    /Shown 3 of 12/,
  );
  const [{ id }] = (await json<{ failures: { id: string }[] }>('failures', 'list', '--code', '007')).failures as [
    { id: string },
  ];
  const shown = await itk('failures', 'show', id.slice(0, 20), '--body');
  expect(shown.out).toMatch(/course-missing 23/);
  expect(shown.out).toContain('Ёлкина');
  expect((await itk('failures', 'show', id)).out).not.toContain('Ёлкина');

  // The services are played here: whoever is replayed is synchronized.
  const channel = await setup.broker.channel();
  await channel.consume(setup.queue(), (message) => {
    const event = parseEvent(message!.content);
    channel.ack(message!);
    void setup.publisher.publish(synchronized(setup.system, event.subject, 50));
  });
  const replay = await itk('failures', 'replay', '--group', group!.group, '--try-first');
  expect(replay).toMatchObject({ code: exitCodes.done });
  expect(replay.out).toMatch(/olga +sent +0 +0 +12 +0 +0 +0/);
  await channel.close();
  expect((await itk('failures', 'groups')).out).toBe('No failure is open\n');
  expect((await itk('failures', 'replays')).out).toMatch(/olga/);
});

test('nothing is done to all by leaving something out', async () => {
  console_();
  await bury(2);
  await drained(2);
  for (const deed of ['replay', 'ask', 'archive', 'restore'])
    expect(await itk('failures', deed)).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringMatching(/--all/) as string,
    });
  expect((await setup.failures()).every(({ state }) => state === 'open')).toBe(true);
  expect(await json('failures', 'archive', '--all', '--why', 'test')).toEqual({ count: 2 });
  expect((await json<{ total: number }>('failures', 'list')).total).toBe(0);
  expect(await json('failures', 'restore', '--code', '001')).toEqual({ count: 1 });
});

test('without a console a replay waits, and says so', async () => {
  setup.during((stop) => setup.drain().run(stop));
  await bury(1);
  await drained(1);
  const answer = await itk('failures', 'replay', '--all');
  expect(answer).toMatchObject({ code: exitCodes.away });
  expect(answer.out).toMatch(/No console is running/);
  const [replay] = await json<{ id: string }[]>('failures', 'replays');
  expect(await itk('failures', 'stop', replay!.id.slice(0, 8))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Stopped by olga/) as string,
  });
  expect((await setup.failures())[0]!.state).toBe('open');
});

test('a student’s story, and status, in both languages', async () => {
  console_();
  await setup.publisher.publish(
    makeEvent(eventTypes.StudentChanged, studentChanged(setup.system, '007', 50), { service: 'onec-poller' }),
  );
  await setup.publisher.publish(synchronized(setup.system, '007', 50));
  await bury(1);
  await drained(1);
  await until(
    'the journal knows',
    async () => ((await setup.dataSource.query('select 1 from console.journal')) as unknown[]).length === 2,
  );
  const story = await itk('student', '007');
  expect(story.out).toMatch(/student\.changed +onec-poller +active М3О-101Б-24 17/);
  expect(story.out).toMatch(/student\.synchronized/);
  expect(await itk('student', '404')).toMatchObject({ code: exitCodes.notFound });
  expect((await itk('status')).out).toMatch(new RegExp(`${setup.system} +1 +1 +0 +1 +0`));
  expect((await itk('status', '--check')).code).toBe(exitCodes.notAll);
  environment.ITK_LANG = 'ru';
  expect((await itk('status')).out).toMatch(/Система +Студентов/);
  expect((await itk('--help')).out).toMatch(/вся история студента/);
  environment.ITK_LANG = 'en';
});

test('what a service found and no message carries stands in status and in the doctor, and waits for a person', async () => {
  const look = { service: 'onec-component', system: '', check: 'mirror-record' };
  const book = new TroubleBook(setup.dataSource);
  await book.found(look, [
    {
      about: '000000017',
      what: both('запись', 'a record of names is left out'),
      mend: both('чините', 'mend it in 1C'),
    },
  ]);
  for (const command of ['status', 'doctor'])
    expect((await itk(command)).out).toMatch(/000000017.*a record of names is left out.*mend it in 1C/);
  expect((await itk('status', '--check')).code).toBe(exitCodes.notAll);
  expect(await itk('student', '000000017')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/left out/) as string,
  });
  await book.found(look, []);
  expect((await itk('status')).out).not.toMatch(/left out/);
});

test('sync group asks for the students of the group; 1C that is away is said', async () => {
  await setup.dataSource.query(
    `insert into console.known (system, subject, evidence, study_group) values ($1, '007', '{}', 'М3О-101Б-24')`,
    [setup.system],
  );
  const answer = await itk('sync', 'group', 'М3О-101Б-24');
  expect(answer).toMatchObject({
    code: exitCodes.away,
    out: expect.stringMatching(/1C was not asked: 1C cannot be reached/) as string,
  });
  expect((await itk('sync', 'group', 'no such')).code).toBe(exitCodes.notFound);
});

test('a pause by a person, and its end', async () => {
  expect((await itk('pause', setup.system, 'course-enroller', '--why', 'maintenance')).code).toBe(0);
  const book = new PauseBook(setup.dataSource);
  await book.put({
    system: setup.system,
    service: 'onec-poller',
    kind: 'outage',
    reason: { ru: 'х', en: 'x' },
    by: 'x',
  });
  expect((await itk('status')).out).toMatch(/course-enroller +person .* olga +maintenance/);
  expect((await itk('resume', setup.system)).out).toMatch(
    /resumed course-enroller\n.*onec-poller is still paused \(outage\)/,
  );
  expect(await itk('pause', 'nowhere')).toMatchObject({ code: exitCodes.notFound });
  expect(await itk('pause', setup.system, 'no-such')).toMatchObject({ code: exitCodes.usage });
});

test('what the command line changes stands in the audit: who, at which machine, why, and how it ended', async () => {
  await setup.dataSource.query('truncate console.audit');
  console_();
  await bury(2);
  await drained(2);
  await itk('pause', setup.system, 'course-enroller', '--why', 'обновляем Moodle');
  await itk('resume', setup.system, 'course-enroller');
  await itk('failures', 'archive', '--all', '--why', 'учебные');
  await itk('failures', 'restore', '--all');
  await itk('failures', 'replay', '--all', '--detach', '--why', 'курс создан');
  const [{ id }] = await json<[{ id: string }]>('failures', 'replays');
  await itk('failures', 'stop', id);
  const rows = await setup.dataSource.query(
    'select "by", action, system, about, reason, outcome, number::int from console.audit order by id',
  );
  expect(new Set(rows.map(({ by }: { by: string }) => by))).toEqual(new Set([`olga@${hostname()}`]));
  expect(rows).toMatchObject([
    { action: 'system.pause', system: setup.system, reason: 'обновляем Moodle', outcome: 'done' },
    { action: 'system.resume', reason: null, number: 1 },
    { action: 'failures.archive', reason: 'учебные', number: 2 },
    { action: 'failures.restore', number: 2 },
    { action: 'replay.start', reason: 'курс создан', number: 2 },
    { action: 'replay.stop', about: id, outcome: 'done' },
  ]);
});

test('what a service has to do is asked of it, and done by nobody else', async () => {
  const stop = new AbortController();
  const accounts: { passwordHash: string }[] = [];
  const decided: unknown[] = [];
  const held = { courseId: 7, codes: ['007'], since: 0, why: 'limit', released: false };
  const decides =
    (number: number) =>
    ({ by, payload }: { by: string; payload: unknown }) =>
      Promise.resolve((decided.push([by, payload]), { number, why: '' }));
  const serving = [
    serveErrands(
      setup.dataSource,
      'error-flagger',
      { 'release-flags': () => Promise.resolve({ flagged: 2, overtaken: 1, refused: [{ code: '7', reason: 'why' }] }) },
      stop.signal,
    ),
    serveErrands(
      setup.dataSource,
      'course-enroller',
      {
        'list-removals': () => Promise.resolve({ waiting: 3, held: [held] }),
        'release-removals': decides(2),
        'discard-removals': decides(1),
      },
      stop.signal,
    ),
    serveErrands(
      setup.dataSource,
      'onec-poller',
      { 'ask-now': () => Promise.resolve({ state: 'asking' }) },
      stop.signal,
    ),
    serveErrands(
      setup.dataSource,
      'onec-component',
      {
        'put-account': ({ payload }) => Promise.resolve(void accounts.push(payload as never)),
        'remove-account': ({ payload }) => Promise.resolve({ removed: (payload as { user: string }).user === 'dean' }),
      },
      stop.signal,
    ),
  ];
  expect(await itk('flags', 'release', setup.system)).toMatchObject({
    code: exitCodes.notAll,
    out: expect.stringMatching(/Flagged in 1C: 2; overtaken: 1; refused: 1/) as string,
  });
  expect(await itk('removals', 'list', setup.system)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Waiting for a decision: 3\n.*\n.*\n +7 +007 .* beyond the hourly limit/) as string,
  });
  expect((await itk('removals', 'release', setup.system, '--course', '7', '--why', 'checked')).out).toMatch(/: 2\n/);
  expect((await itk('removals', 'discard', setup.system, '--student', '007', '008')).out).toMatch(/Forgotten: 1/);
  expect(decided).toEqual([
    ['olga', { courses: [7], why: 'checked' }],
    ['olga', { codes: ['007', '008'] }],
  ]);
  expect(await itk('removals', 'list', setup.system, '--course', 'x')).toMatchObject({ code: exitCodes.usage });
  expect(await itk('sync', 'now')).toMatchObject({ code: 0, out: expect.stringMatching(/asking/) as string });
  const { password } = await json<{ password: string }>('account', 'add', 'dean', '--role', 'ELSCurriculumDeveloper');
  expect(await passwordFits(password, accounts[0]!.passwordHash)).toBe(true);
  const file = join(folder, 'dean');
  writeFileSync(file, 'пароль\n');
  expect((await itk('account', 'add', 'dean', '--password-file', file)).out).not.toContain('пароль');
  expect(await passwordFits('пароль', accounts[1]!.passwordHash)).toBe(true);
  expect(await itk('account', 'add', 'a:b')).toMatchObject({ code: exitCodes.usage });
  expect(await itk('account', 'remove', 'dean')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/dean is revoked/) as string,
  });
  expect(await itk('account', 'remove', 'nobody')).toMatchObject({ code: exitCodes.notFound });
  stop.abort();
  await Promise.all(serving);
  const before = Date.now();
  expect((await itk('sync', 'now')).code).toBe(exitCodes.away);
  expect(Date.now() - before).toBeLessThan(15_000);
}, 60_000);

test('queues, and the doctor', async () => {
  await setup.publisher.send({ exchange: '', key: deadQueue(setup.queue()), body: Buffer.from('x') });
  const depths = await json<{ queue: string; ready: number }[]>('queues');
  expect(depths.find(({ queue }) => queue === deadQueue(setup.queue()))).toMatchObject({ ready: 1, role: 'dead' });
  const { out } = await itk('queues');
  expect(out).not.toMatch(/retry/);
  expect(out).toMatch(/By AMQP/);
  await setup.channel.deleteQueue(setup.queue('onec-poller'));
  expect((await itk('queues')).out).toMatch(/onec-poller\.\w+ +no such queue/);

  const doctor = await itk('doctor');
  expect(doctor.code).toBe(exitCodes.notAll);
  expect(doctor.out).toMatch(/There is no queue onec-poller/);
  expect(doctor.out).toMatch(/1C cannot be reached/);
  expect(doctor.out).toMatch(/No console is running/);
  await setup.redeclare();
});

test('export for a spreadsheet', async () => {
  console_();
  await bury(3);
  await drained(3);
  const csv = (await itk('failures', 'export')).out.split('\r\n');
  expect(csv[0]).toMatch(/^\uFEFFid,system,service,kind/);
  expect(csv).toHaveLength(5);
  const file = join(folder, 'all.json');
  await itk('failures', 'export', '--format', 'json', '--output', file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(3);
});

test('a system is removed only when it is no longer configured, unread and confirmed', async () => {
  await bury(1);
  setup.during((stop) => setup.drain().run(stop));
  await drained(1);
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({ code: exitCodes.usage });

  const config = readFileSync(environment.ITK_CONFIG!, 'utf8');
  writeFileSync(environment.ITK_CONFIG!, config.replace(`"id":"${setup.system}"`, '"id":"another"'));
  const asked = await itk('system', 'remove', setup.system);
  expect(asked).toMatchObject({ code: exitCodes.notConfirmed });
  expect(asked.out).toMatch(/console\.failures +1/);
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({
    code: exitCodes.notAll,
    err: expect.stringMatching(/still being read/) as string,
  });
  await setup.rest();
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({ code: 0 });
  expect(await setup.failures()).toEqual([]);
  writeFileSync(environment.ITK_CONFIG!, config);
  await setup.redeclare();
});

test('what is wrong is said by exit codes', async () => {
  expect((await itk('no-such')).code).toBe(exitCodes.usage);
  expect((await itk('failures', 'list', '--since', 'yesterday-ish')).code).toBe(exitCodes.usage);
  expect((await itk('failures', 'show', 'no-such')).code).toBe(exitCodes.notFound);
  const url = environment.DATABASE_URL!;
  environment.DATABASE_URL = 'postgres://nobody:x@127.0.0.1:1/none';
  expect(await itk('status')).toMatchObject({
    code: exitCodes.away,
    err: expect.stringMatching(/database cannot be reached/) as string,
  });
  environment.DATABASE_URL = url;
  const config = environment.ITK_CONFIG!;
  environment.ITK_CONFIG = '/no/such/file';
  expect((await itk('status')).code).toBe(exitCodes.configuration);
  environment.ITK_CONFIG = config;
  const amqp = environment.AMQP_URL!;
  environment.AMQP_URL = 'amqp://127.0.0.1:1';
  expect((await itk('queues')).code).toBe(exitCodes.away);
  environment.AMQP_URL = amqp;
}, 60_000);
