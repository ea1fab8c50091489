import { DateTime } from 'luxon';
import type { RunningUniversity } from '../harness/running-university.js';

/** What the Synchronization register of the component says of a student. */
export type Heard = 'synchronized' | 'error' | 'later';

const longestLaterHours = 25;

/**
 * Live rows of the register, by system's name and student. *Later* is a flag whose validity ends within a day, an
 * ordinary one holds for a month.
 */
export async function whatOneCHeard(university: RunningUniversity): Promise<Map<string, Map<string, Heard>>> {
  const { rows } = await university.database.query<{ els: string; student: string; error: boolean; period: string }>(
    `select systems.name as els, student, bool_or(error) as error, max(period)::text as period
       from onec_component.synchronization join onec_component.systems on systems.code = synchronization.system
      where period >= (now() at time zone 'Europe/Moscow') group by systems.name, student`,
  );
  const heard = new Map<string, Map<string, Heard>>(university.systems.map(({ els }) => [els, new Map()]));
  const soon = DateTime.now().plus({ hours: longestLaterHours });
  for (const { els, student, error, period } of rows) {
    const until = DateTime.fromSQL(period, { zone: 'Europe/Moscow' });
    heard.get(els)!.set(student, error ? 'error' : until < soon ? 'later' : 'synchronized');
  }
  return heard;
}

export interface StandingPause {
  system: string;
  service: string;
  kind: string;
  reason: { ru: string; en: string };
  cure: { ru: string; en: string } | null;
}

export const pausesOf = async (university: RunningUniversity): Promise<StandingPause[]> =>
  (
    await university.database.query<StandingPause>(
      'select system, service, kind, reason, cure from operations.pause order by system, service',
    )
  ).rows;
