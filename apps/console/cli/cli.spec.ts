import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { PauseBook } from '#persistence';
import { CliSetup } from '../testing/cli-setup.js';
import { exitCodes } from './exit-codes.js';

const setup = new CliSetup();
const { itk, json } = setup;

beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

test('a pause by a person, and its end', async () => {
  expect((await itk('pause', setup.system, 'course-enroller', '--why', 'maintenance')).code).toBe(0);
  const book = new PauseBook(setup.console.dataSource);
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
  await setup.console.dataSource.query('truncate console.audit');
  setup.startConsole();
  await setup.bury(2);
  await setup.drained(2);
  await itk('pause', setup.system, 'course-enroller', '--why', 'обновляем Moodle');
  await itk('resume', setup.system, 'course-enroller');
  await itk('failures', 'archive', '--all', '--why', 'учебные');
  await itk('failures', 'restore', '--all');
  await itk('failures', 'replay', '--all', '--detach', '--why', 'курс создан');
  const [{ id }] = await json<[{ id: string }]>('failures', 'replays');
  await itk('failures', 'stop', id);
  const rows = await setup.console.dataSource.query(
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

test('a system is removed only when it is no longer configured, unread and confirmed', async () => {
  await setup.bury(1);
  setup.console.during((stop) => setup.console.drain().run(stop));
  await setup.drained(1);
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({ code: exitCodes.usage });

  const config = readFileSync(setup.environment.ITK_CONFIG!, 'utf8');
  writeFileSync(setup.environment.ITK_CONFIG!, config.replace(`"id":"${setup.system}"`, '"id":"another"'));
  const asked = await itk('system', 'remove', setup.system);
  expect(asked).toMatchObject({ code: exitCodes.notConfirmed });
  expect(asked.out).toMatch(/console\.failures +1/);
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({
    code: exitCodes.notAll,
    err: expect.stringMatching(/still being read/) as string,
  });
  await setup.console.rest();
  expect(await itk('system', 'remove', setup.system, '--yes')).toMatchObject({ code: 0 });
  expect(await setup.console.failures()).toEqual([]);
  writeFileSync(setup.environment.ITK_CONFIG!, config);
  await setup.console.redeclare();
});

test('what is wrong is said by exit codes', async () => {
  expect((await itk('no-such')).code).toBe(exitCodes.usage);
  expect((await itk('failures', 'list', '--since', 'yesterday-ish')).code).toBe(exitCodes.usage);
  expect((await itk('failures', 'show', 'no-such')).code).toBe(exitCodes.notFound);
  const url = setup.environment.DATABASE_URL!;
  setup.environment.DATABASE_URL = 'postgres://nobody:x@127.0.0.1:1/none';
  expect(await itk('status')).toMatchObject({
    code: exitCodes.away,
    err: expect.stringMatching(/database cannot be reached/) as string,
  });
  setup.environment.DATABASE_URL = url;
  const config = setup.environment.ITK_CONFIG!;
  setup.environment.ITK_CONFIG = '/no/such/file';
  expect((await itk('status')).code).toBe(exitCodes.configuration);
  setup.environment.ITK_CONFIG = config;
  const amqp = setup.environment.AMQP_URL!;
  setup.environment.AMQP_URL = 'amqp://127.0.0.1:1';
  expect((await itk('queues')).code).toBe(exitCodes.away);
  setup.environment.AMQP_URL = amqp;
}, 60_000);
