import { expect } from '@jest/globals';
import type { Group } from '../../apps/console/failures/desk/overview.js';
import { itk } from '../harness/itk.js';
import { until } from '../harness/until.js';
import type { RunningUniversity } from '../harness/running-university.js';
import { rubbishPerSystem } from './injected/broken-messages.js';
import { failuresToBeFound, type Injected } from './injected/in-moodle.js';

interface OpenFailure {
  id: string;
  system: string;
  /** Null where nobody can say whose the message was. */
  code: string | null;
  kind: string;
}

/** What the console holds open. */
export const openFailures = async ({ database }: RunningUniversity): Promise<OpenFailure[]> =>
  (
    await database.query<OpenFailure>(
      `select id, system, code, kind from console.failures where state in ('open', 'replaying') order by id`,
    )
  ).rows;

/** Line by line, where the names that the console gives differ from what was injected. */
function differences(
  running: RunningUniversity,
  injected: readonly Injected[],
  open: readonly OpenFailure[],
): string[] {
  return running.systems.flatMap(({ id }, index) => {
    const wanted = failuresToBeFound(injected[index]!);
    const named = new Map<string, Set<string>>();
    const rubbish = open.filter(({ system, code }) => system === id && code === null);
    for (const { system, code, kind } of open)
      if (system === id && code !== null) named.set(code, (named.get(code) ?? new Set()).add(kind));
    const lines: string[] = [];
    for (const code of new Set([...wanted.keys(), ...named.keys()])) {
      const [as, should] = [[...(named.get(code) ?? ['nothing'])].sort().join(', '), wanted.get(code) ?? 'nothing'];
      if (as !== should) lines.push(`${id} ${code}: injected ${should}, named ${as}`);
    }
    if (rubbish.length !== rubbishPerSystem || rubbish.some(({ kind }) => kind !== 'contract'))
      lines.push(`${id}: ${rubbishPerSystem} broken messages, named ${rubbish.map(({ kind }) => kind).join(', ')}`);
    return lines;
  });
}

/** Every injected failure, and nothing else, is open in the console under its right name. */
export async function expectRightNames(
  running: RunningUniversity,
  injected: readonly Injected[],
  ms: number,
): Promise<void> {
  const end = Date.now() + ms;
  let left: string[];
  do {
    left = differences(running, injected, await openFailures(running));
    if (left.length > 0) await new Promise((done) => setTimeout(done, 200));
  } while (left.length > 0 && Date.now() < end);
  expect(left).toEqual([]);
}

/**
 * The student whose message killed its consumers: where 1C has offered them anew since (a poller that died between its
 * publication and its note of it asks for that), the newer revision went through and has closed the letter. Then they
 * stand as anybody does.
 */
export async function takeOffered(
  { database, systems }: RunningUniversity,
  injected: readonly Injected[],
  crashed: readonly string[],
  standing: (els: string, code: string) => unknown,
  ms: number,
  say: (text: string) => void,
): Promise<void> {
  for (const [index, { id, els }] of systems.entries()) {
    const code = crashed[index]!;
    const letter = async () =>
      (
        await database.query<{ state: string; closedBy: string | null }>(
          `select state, closed_by as "closedBy" from console.failures where system = $1 and code = $2 and kind = 'crash'`,
          [id, code],
        )
      ).rows[0];
    await until(`the console has found the crash of ${code}`, async () => (await letter()) !== undefined, ms);
    const { state, closedBy } = (await letter())!;
    if (state === 'open') continue;
    say(`${id}: the crash of ${code} is ${state} by ${closedBy ?? 'nobody'}: offered anew`);
    expect({ state, newer: closedBy !== null }).toEqual({ state: 'closed', newer: true });
    injected[index]!.failures.delete(code);
    injected[index]!.stands.set(code, standing(els, code));
  }
}

/** The students of a broken course are one row for an operator. */
export async function expectFoldedByCourse(running: RunningUniversity, injected: readonly Injected[]): Promise<void> {
  for (const [index, { id, els }] of running.systems.entries()) {
    const { failures, courses } = injected[index]!;
    const given = ['failures', 'groups', '--system', id, '--kind', 'course'];
    const { json } = await itk<Group[]>(running.environment, ...given);
    const causes = { [courses.withoutManual]: 'no-manual-enrolment', [courses.deleted]: 'course-missing' };
    expect(json.length).toBeLessThanOrEqual(2);
    for (const { about, cause } of json) expect({ about, cause }).toEqual({ about, cause: causes[Number(about)] });
    const expected = running.onec.expected(els);
    /** Whoever wants both broken courses stands in the group of each. */
    const wanting = (course: number): number =>
      [...failures].filter(([code, kind]) => {
        const student = expected.get(code);
        return kind === 'course' && student?.kind === 'student' && student.courses.includes(course);
      }).length;
    for (const { about, students } of json)
      expect({ about, students }).toEqual({ about, students: wanting(Number(about)) });
  }
}
