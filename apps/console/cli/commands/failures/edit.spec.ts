import { parseEvent, type StudentChanged } from '#contracts';
import { synchronized } from '../../../testing/console-setup.js';
import { CliSetup } from '../../../testing/cli-setup.js';
import { exitCodes } from '../../exit-codes.js';

const setup = new CliSetup();
const { itk, json } = setup;

beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

const dead = async (): Promise<string> => {
  await setup.bury(1);
  await setup.drained(1);
  return (await setup.console.failures())[0]!.id;
};

test('a message is shown, tried, edited and followed to its end', async () => {
  setup.startConsole();
  const id = await dead();
  const form = await itk('failures', 'edit', id.slice(0, 12));
  expect(form.out).toMatch(/person\.lastname +Ёлкина/);
  expect(form.out).toMatch(/courses\.0\.role +student +student/);

  const tried = await json('failures', 'edit', id, '--dry-run', '--set', 'courses.0.id=18');
  expect(tried).toEqual({ changes: [{ path: 'courses.0.id', before: 17, after: 18 }], issues: [] });
  expect((await setup.console.failures())[0]!.state).toBe('open');

  // user-provisioner and those after it are played here.
  const channel = await setup.console.broker.channel();
  const came: StudentChanged[] = [];
  await channel.consume(setup.console.queue('user-provisioner'), (message) => {
    const event = parseEvent(message!.content);
    came.push(event.data as StudentChanged);
    channel.ack(message!);
    void setup.console.publisher.publish(synchronized(setup.system, event.subject, 51));
  });
  const set = ['courses.0.id=18', 'person.lastname=Соснина', 'courses.0.begin=2026-09-01T09:00+03:00'];
  const sent = await itk('failures', 'edit', id, ...set.flatMap((each) => ['--set', each]), '--why', 'опечатка в 1С');
  expect(sent).toMatchObject({ code: exitCodes.done });
  expect(sent.out).toMatch(/person\.lastname +Ёлкина +Соснина/);
  expect(sent.out).toMatch(/revision 51/);
  await channel.close();
  expect(came).toMatchObject([
    {
      revision: 51,
      person: { lastname: 'Соснина' },
      courses: [{ id: 18, begin: Date.parse('2026-09-01T09:00+03:00') / 1_000 }],
    },
  ]);
  expect((await setup.console.failures())[0]).toMatchObject({ state: 'closed', closedBy: 'synchronized 51' });
  const [entry] = await setup.console.dataSource.query(`select * from console.audit where action = 'failures.edit'`);
  expect(entry).toMatchObject({ reason: 'опечатка в 1С', about: id, outcome: 'done', system: setup.system });
  expect(JSON.stringify(entry)).not.toMatch(/Соснина|Ёлкина/);
});

test('what may not be so is said, and nothing is sent', async () => {
  setup.startConsole();
  const id = await dead();
  const attempt = (...given: string[]) => itk('failures', 'edit', id, ...given);
  expect(await attempt('--set', 'courses.0.id=0', '--dry-run')).toMatchObject({
    code: exitCodes.notAll,
    out: expect.stringMatching(/courses\.0\.id: It takes a whole number above zero/) as string,
  });
  const refused: [string[], number, RegExp][] = [
    [['--set', 'person.code=1'], exitCodes.usage, /may not be edited; these may: person\.lastname/],
    [['--set', 'person.lastname'], exitCodes.usage, /courses\.0\.id=17/],
    [['--set', 'courses.0.id=18'], exitCodes.usage, /--why/],
    [['--set', 'courses.0.begin=soon', '--why', 'x'], exitCodes.notAll, /courses\.0\.begin: It takes a date/],
    [['--set', 'courses.0.id=17', '--why', 'x'], exitCodes.notAll, /Nothing is changed/],
  ];
  for (const [options, code, err] of refused)
    expect(await attempt(...options)).toMatchObject({ code, err: expect.stringMatching(err) as string });
  expect((await setup.console.failures())[0]!.state).toBe('open');
  expect((await itk('failures', 'edit', 'nobody')).code).toBe(exitCodes.notFound);
});
