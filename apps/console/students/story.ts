import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';
import { Pause } from '#persistence';
import { siteOf, waysOf, type SystemConfiguration } from '#platform';
import type { FailureRow } from '../ledger/entities/failures.js';
import type { JournalRow } from '../ledger/entities/journal.js';
import { storiesOf, type Story } from '../overview/student.js';
import { answerFor, type Facts } from './answer.js';

const unsettled: readonly FailureRow['state'][] = ['open', 'replaying'];

/** Stories of one student in these systems, as the API answers them. */
export async function storiesTold(
  dataSource: DataSource,
  code: string,
  systems: readonly SystemConfiguration[],
  limit: number,
) {
  const stories = await storiesOf(
    dataSource,
    code,
    systems.map(({ id }) => id),
    limit,
  );
  const pauses = await dataSource.getRepository(Pause).find({ order: { since: 'asc' } });
  return Promise.all(
    stories.map(async (story) => {
      const { system, known, told, gaps } = story;
      const events = [...story.events].reverse();
      const configured = systems.find(({ id }) => id === system)!;
      const pause = pauses.find((one) => one.system === system);
      const { sentence, courses } = answerFor({
        evidence: known?.evidence ?? {},
        events,
        open: story.failures.filter(({ state }) => unsettled.includes(state)),
        paused: pause?.reason ?? null,
        binding: await bindingOf(dataSource, system, events),
        ways: waysOf(configured),
      });
      return {
        ...{ system, told, gaps, sentence, courses },
        moodle: siteOf(configured),
        ...waysOf(configured),
        // In a file accounts have numbers of our own, which Moodle does not know.
        moodleUser: configured.imsFile ? null : moodleUserIn(events),
        group: known?.studyGroup ?? null,
        outcome: known?.outcome ?? null,
        events: events.map(({ at: time, ...event }) => ({ ...event, time })),
        failures: story.failures.map(listedTold),
      };
    }),
  );
}

/** The set of courses that was bound last to what the student studies. */
async function bindingOf(
  dataSource: DataSource,
  system: string,
  events: readonly JournalRow[],
): Promise<Facts['binding']> {
  const changed = events.find(({ type }) => type === eventTypes.StudentChanged)?.data as
    { study?: { curriculum?: string; semester?: number } } | undefined;
  if (!changed?.study) return undefined;
  const { curriculum, semester } = changed.study;
  const [row] = (await dataSource.query(
    `select at, data->'courses' as courses from console.journal
     where system = $1 and subject = $2 and type = '${eventTypes.BindingChanged}' order by at desc limit 1`,
    [system, `#${curriculum}/${semester}`],
  )) as { at: Date; courses: number[] }[];
  return row && { courses: row.courses, at: row.at };
}

function moodleUserIn(events: readonly JournalRow[]): number | null {
  for (const { type, data } of events) {
    const { moodleUserId } = data as { moodleUserId?: unknown };
    if (type === eventTypes.UserProvisioned && typeof moodleUserId === 'number') return moodleUserId;
  }
  return null;
}

const listedTold = ({ attempts, fingerprint: group, queue, ...failure }: Story['failures'][number]) => ({
  ...failure,
  group,
  attempts: attempts.length,
  replayable: queue !== null,
});
