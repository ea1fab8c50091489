import { expect } from '@jest/globals';
import { itk } from '../harness/itk.js';
import { until } from '../harness/until.js';
import type { RunningUniversity } from '../harness/running-university.js';
import { everyone, type Injected } from './injected/in-moodle.js';

interface RegisterRow {
  system: string;
  student: string;
  error: boolean;
}

/** Live rows of the Synchronization register, by name of the system. */
async function liveRows(running: RunningUniversity): Promise<RegisterRow[]> {
  const { rows } = await running.database.query<RegisterRow>(
    `select systems.name as system, student, bool_or(error) as error
       from onec_component.synchronization join onec_component.systems on systems.code = synchronization.system
      where period >= (now() at time zone 'Europe/Moscow') group by systems.name, student`,
  );
  return rows;
}

/** Students, as `system code`, of whom 1C has heard nothing that still holds. */
async function unheard(running: RunningUniversity, injected: readonly Injected[]): Promise<string[]> {
  const heard = new Set((await liveRows(running)).map(({ system, student }) => `${system} ${student}`));
  const wanted = running.systems.flatMap(({ els }, index) =>
    [...everyone(injected[index]!)].map((code) => `${els} ${code}`),
  );
  return wanted.filter((one) => !heard.has(one));
}

/** Waits until 1C has heard of everybody. */
export async function untilAllAreReported(
  running: RunningUniversity,
  injected: readonly Injected[],
  ms: number,
  say: (text: string) => void,
): Promise<void> {
  let missing: string[] | undefined;
  await until(
    '1C has heard of every student',
    async () => {
      const now = await unheard(running, injected).catch(() => undefined);
      if (now && now.length !== missing?.length) say(`1C has not heard of ${now.length} yet`);
      missing = now ?? missing;
      return now?.length === 0;
    },
    ms,
  ).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; it has not heard of ${missing?.slice(0, 20).join(', ')}`);
  });
}

/** As an operator does: the hourly limit is at its narrowest in a first load, and may have held some flags back. */
export async function releaseHeldFlags(running: RunningUniversity, say: (text: string) => void): Promise<void> {
  for (const { id } of running.systems) {
    const { code, json, err } = await itk<{ flagged: number }>(running.environment, 'flags', 'release', id);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    say(`${id}: ${json.flagged} flags were held back by the hourly limit and are released`);
  }
}

/** An Error row stands for exactly those whom 1C found faulty and whose own data no Moodle takes. */
export async function expectRightFlags(running: RunningUniversity, injected: readonly Injected[]): Promise<void> {
  const flagged = (await liveRows(running)).filter(({ error }) => error);
  for (const [index, { els }] of running.systems.entries()) {
    const { failures, flaggedBy1C } = injected[index]!;
    const named = flagged.filter(({ system }) => system === els).map(({ student }) => student);
    const wanted = [...flaggedBy1C, ...[...failures].filter(([, kind]) => kind === 'student').map(([code]) => code)];
    expect({ system: els, flagged: named.sort() }).toEqual({ system: els, flagged: wanted.sort() });
  }
}

/** Students, as `system code`, whose Error row still holds. */
const errorRows = async (running: RunningUniversity): Promise<string[]> =>
  (await liveRows(running)).filter(({ error }) => error).map(({ system, student }) => `${system} ${student}`);

/**
 * The console closes a failure when Moodle has the student; 1C hears of it from success-reporter, in batches.
 * @throws with whom 1C still has an Error row for
 */
export async function untilNoErrorRowIsLeft(running: RunningUniversity, ms: number): Promise<void> {
  let left: string[] = [];
  await until('no Error row is left', async () => (left = await errorRows(running)).length === 0, ms).catch(() => {});
  expect(left).toEqual([]);
}
