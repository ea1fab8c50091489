import { both, eventTypes, makeEvent } from '#contracts';
import { deadQueue } from '#messaging';
import { TroubleBook } from '#persistence';
import { studentChanged, synchronized, until } from '../testing/console-setup.js';
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { CliSetup } from '../testing/cli-setup.js';
import { exitCodes } from './exit-codes.js';

const setup = new CliSetup();
const { itk, json } = setup;

let moodle: SandboxMoodle;

beforeAll(async () => {
  moodle = await createSandboxMoodle({ courses: 3 });
  await setup.open({ moodle: { url: moodle.url, token: moodle.token } });
});
afterEach(() => setup.clear());
afterAll(async () => {
  await moodle.close();
  await setup.close();
});

test('a student’s story, and status, in both languages', async () => {
  setup.startConsole();
  await setup.console.publisher.publish(
    makeEvent(eventTypes.StudentChanged, studentChanged(setup.system, '007', 50), { service: 'onec-poller' }),
  );
  await setup.console.publisher.publish(synchronized(setup.system, '007', 50));
  await setup.bury(1);
  await setup.drained(1);
  await until(
    'the journal knows',
    async () => ((await setup.console.dataSource.query('select 1 from console.journal')) as unknown[]).length === 2,
  );
  const story = await itk('student', '007');
  expect(story.out).toMatch(/student\.changed +onec-poller +active М3О-101Б-24 17/);
  expect(story.out).toMatch(/student\.synchronized/);
  expect(await itk('student', '404')).toMatchObject({ code: exitCodes.notFound });
  expect((await itk('status')).out).toMatch(new RegExp(`${setup.system} +1 +1 +0 +1 +0`));
  expect((await itk('status', '--check')).code).toBe(exitCodes.notAll);
  setup.environment.ITK_LANG = 'ru';
  expect((await itk('status')).out).toMatch(/Система +Студентов/);
  expect((await itk('--help')).out).toMatch(/вся история студента/);
  setup.environment.ITK_LANG = 'en';
});

test('what a service found and no message carries stands in status and in the doctor, and waits for a person', async () => {
  const look = { service: 'onec-component', system: '', check: 'mirror-record' };
  const book = new TroubleBook(setup.console.dataSource);
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

test('queues, and the doctor', async () => {
  await setup.console.publisher.send({ exchange: '', key: deadQueue(setup.console.queue()), body: Buffer.from('x') });
  const depths = await json<{ queue: string; ready: number }[]>('queues');
  expect(depths.find(({ queue }) => queue === deadQueue(setup.console.queue()))).toMatchObject({
    ready: 1,
    role: 'dead',
  });
  const { out } = await itk('queues');
  expect(out).not.toMatch(/retry/);
  expect(out).toMatch(/By AMQP/);
  await setup.console.channel.deleteQueue(setup.console.queue('onec-poller'));
  expect((await itk('queues')).out).toMatch(/onec-poller\.\w+ +no such queue/);

  const doctor = await itk('doctor');
  expect(doctor.code).toBe(exitCodes.notAll);
  expect(doctor.out).toMatch(/There is no queue onec-poller/);
  expect(doctor.out).toMatch(/1C cannot be reached/);
  expect(doctor.out).toMatch(/No console is running/);
  await setup.console.redeclare();
});
