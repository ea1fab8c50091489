import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvent } from '#contracts';
import { noCourse, synchronized, userProvisioned } from '../testing/console-setup.js';
import { CliSetup } from '../testing/cli-setup.js';
import { exitCodes } from './exit-codes.js';

const setup = new CliSetup();
const { itk, json } = setup;

beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

test('a missing course: found, understood, mended, replayed, closed', async () => {
  setup.startConsole();
  await setup.bury(12);
  await setup.drained(12);
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
  const channel = await setup.console.broker.channel();
  await channel.consume(setup.console.queue(), (message) => {
    const event = parseEvent(message!.content);
    channel.ack(message!);
    void setup.console.publisher.publish(synchronized(setup.system, event.subject, 50));
  });
  const replay = await itk('failures', 'replay', '--group', group!.group, '--try-first');
  expect(replay).toMatchObject({ code: exitCodes.done });
  expect(replay.out).toMatch(/olga +sent +0 +0 +12 +0 +0 +0/);
  await channel.close();
  expect((await itk('failures', 'groups')).out).toBe('No failure is open\n');
  expect((await itk('failures', 'replays')).out).toMatch(/olga/);
});

test('of a failure with several causes each is told, with the group that it stands in', async () => {
  setup.startConsole();
  const causes = ['23', '24'].map((about) => noCourse(about));
  await setup.console.bury(userProvisioned(setup.system, '001', 50), { ...causes[0]!, causes });
  await setup.drained(1);
  const { id, causes: kept } = (await setup.console.failures())[0]!;
  const { out } = await setup.itk('failures', 'show', id);
  expect(out).toContain('Causes at once: 2');
  for (const { group, about } of kept)
    expect(out).toMatch(new RegExp(`${group} +course +course-missing ${about} +There is no course ${about} in Moodle`));
  await setup.console.clear();
  await setup.console.bury(userProvisioned(setup.system, '002', 50), noCourse('23'));
  await setup.drained(1);
  expect((await setup.itk('failures', 'show', (await setup.console.failures())[0]!.id)).out).not.toContain('at once');
});

test('nothing is done to all by leaving something out', async () => {
  setup.startConsole();
  await setup.bury(2);
  await setup.drained(2);
  for (const deed of ['replay', 'ask', 'archive', 'restore'])
    expect(await itk('failures', deed)).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringMatching(/--all/) as string,
    });
  expect((await setup.console.failures()).every(({ state }) => state === 'open')).toBe(true);
  expect(await json('failures', 'archive', '--all', '--why', 'test')).toEqual({ count: 2 });
  expect((await json<{ total: number }>('failures', 'list')).total).toBe(0);
  expect(await json('failures', 'restore', '--code', '001')).toEqual({ count: 1 });
});

test('without a console a replay waits, and says so', async () => {
  setup.console.during((stop) => setup.console.drain().run(stop));
  await setup.bury(1);
  await setup.drained(1);
  const answer = await itk('failures', 'replay', '--all');
  expect(answer).toMatchObject({ code: exitCodes.away });
  expect(answer.out).toMatch(/No console is running/);
  const [replay] = await json<{ id: string }[]>('failures', 'replays');
  expect(await itk('failures', 'stop', replay!.id.slice(0, 8))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Stopped by olga/) as string,
  });
  expect((await setup.console.failures())[0]!.state).toBe('open');
});

test('export for a spreadsheet', async () => {
  setup.startConsole();
  await setup.bury(3);
  await setup.drained(3);
  const csv = (await itk('failures', 'export')).out.split('\r\n');
  expect(csv[0]).toMatch(/^\uFEFFid,system,service,kind/);
  expect(csv).toHaveLength(5);
  const file = join(setup.folder, 'all.json');
  await itk('failures', 'export', '--format', 'json', '--output', file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(3);
});
