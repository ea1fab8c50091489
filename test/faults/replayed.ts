import { expect } from '@jest/globals';
import { itk } from '../harness/itk.js';
import type { RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';
import { openFailures } from './found.js';
import { mendOneC } from './injected/in-one-c.js';
import { rubbishPerSystem } from './injected/broken-messages.js';
import type { Injected } from './injected/in-moodle.js';

/** Seconds that the replay takes at least, so that the console can be killed in its middle. */
const replayLasts = 4;

/** Takes away, in every Moodle, what was in the way. What is deleted stays deleted. */
export function mendMoodles(running: RunningUniversity, injected: readonly Injected[]): void {
  for (const [index, { moodle }] of running.systems.entries()) {
    const { inTheWay, courses } = injected[index]!;
    moodle.mend();
    const { users, courses: all } = moodle.state;
    for (const id of inTheWay)
      users.update(users.get(id)!, { username: `renamed-${id}`, email: `renamed-${id}@example.org` });
    all.update(all.get(courses.withoutManual)!, { manual: true });
  }
}

/**
 * As operators do after a bad day: causes in Moodle and in 1C are mended, 1C is asked again for those of its own, what
 * is no message is put aside, everything else is replayed, and the consoles are killed in the middle of it.
 */
export async function mendAndReplay(
  running: RunningUniversity,
  injected: readonly Injected[],
  consoles: readonly ServiceProcess[],
  ms: number,
  say: (text: string) => void,
): Promise<void> {
  const run = <T>(...given: string[]) => itk<T>(running.environment, 'failures', ...given);
  mendMoodles(running, injected);
  const rubbish = (await openFailures(running)).filter(({ code }) => code === null).map(({ id }) => id);
  const archived = await run<{ count: number }>('archive', ...rubbish, '--why', 'no message of ours');
  expect(archived).toMatchObject({ code: 0, json: { count: running.systems.length * rubbishPerSystem } });
  await mendOneC(running, injected, ms);
  const causes = ['found-by-1c', 'lastname-too-long', 'element-unusable'];
  const asked = await Promise.all(causes.map((cause) => run('ask', '--cause', cause)));
  expect(asked).toMatchObject(causes.map(() => ({ code: 0 })));
  say('everything is mended, 1C is asked again');

  const rate = Math.ceil((await openFailures(running)).length / replayLasts);
  const order = ['replay', '--all', '--detach', '--batch', '10', '--rate', String(rate)];
  const { json: ordered } = await run<{ id: string; taken: number }>(...order);
  const sent = async (): Promise<number> => ordered.taken - (await itemsIn(running, ordered.id, 'waiting'));
  await until('the replay is under way', async () => (await sent()) > ordered.taken / 4, ms);
  await Promise.all(consoles.map((console) => console.kill()));
  const before = await sent();
  say(`consoles killed when ${before} of ${ordered.taken} were sent`);
  expect(before).toBeLessThan(ordered.taken);
  const { json: again } = await run<{ taken: number }>(...order);
  // What the first job has in hand is not taken twice; what it has sent may have failed again and be open anew.
  expect(again.taken).toBeLessThanOrEqual(before);
  await Promise.all(consoles.map((console) => console.start()));
  const left = async () =>
    (await Promise.all(['waiting', 'sending'].map((is) => itemsIn(running, ordered.id, is)))).join();
  await until('the replay has ended', async () => (await left()) === '0,0', ms + replayLasts * 1_000);
}

/** How many letters of a replay are in this state. */
async function itemsIn({ database }: RunningUniversity, replay: string, state: string): Promise<number> {
  const { rows } = await database.query<{ number: number }>(
    'select count(*)::int as number from console.replay_items where replay = $1 and state = $2',
    [replay, state],
  );
  return rows[0]!.number;
}

/** @throws with what is left when failures stay open */
export async function untilNothingIsOpen(running: RunningUniversity, ms: number): Promise<void> {
  let left: Awaited<ReturnType<typeof openFailures>> = [];
  await until('nothing is open', async () => (left = await openFailures(running)).length === 0, ms).catch(() => {});
  expect(left.map(({ system, code, kind, id }) => `${system} ${code}: ${kind} (${id})`)).toEqual([]);
}
