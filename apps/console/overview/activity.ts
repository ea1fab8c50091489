import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';

const hour = 3_600_000;

/** Outcomes of one system by hour, the oldest first; the last one is the hour that is still going on. */
export interface Activity {
  from: Date;
  ofSystem: Map<string, { synchronized: number[]; failed: number[]; lastMinutes: number }>;
}

/** Minutes of {@link Activity}'s `lastMinutes`: the rate of a pass. */
export const rateMinutes = 5;

/** By when the journal has heard of them: `hours` of the past, the present one included. */
export async function activityOf(dataSource: DataSource, hours: number, now = Date.now()): Promise<Activity> {
  const from = (Math.floor(now / hour) - hours + 1) * hour;
  const rows = (await dataSource.query(
    `select system, type, floor((extract(epoch from received) * 1000 - $2::double precision) / ${hour})::int as hour,
       count(*)::int as number, count(*) filter (where received > now() - interval '${rateMinutes} minutes')::int as recent
     from console.journal where received >= $1 and type = any($3::text[]) group by 1, 2, 3`,
    [new Date(from), from, [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed]],
  )) as { system: string; type: string; hour: number; number: number; recent: number }[];
  const ofSystem: Activity['ofSystem'] = new Map();
  for (const row of rows) {
    const zeros = () => Array<number>(hours).fill(0);
    const of = ofSystem.get(row.system) ?? { synchronized: zeros(), failed: zeros(), lastMinutes: 0 };
    const series = row.type === eventTypes.StudentSynchronized ? of.synchronized : of.failed;
    // Clocks of two machines differ a little: what came "after" now belongs to the present hour.
    series[Math.min(hours - 1, Math.max(0, row.hour))]! += row.number;
    of.lastMinutes += row.recent;
    ofSystem.set(row.system, of);
  }
  return { from: new Date(from), ofSystem };
}
