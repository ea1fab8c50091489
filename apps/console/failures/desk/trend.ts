import type { DataSource } from 'typeorm';
import { conditionOf, conditionOnCause, eachCause, ofCause, type Selection } from './selection.js';

const hour = 3_600_000;
const hours = 24;

/** By the clock, the oldest first; the last one is the hour that is still going on. */
export interface Trend {
  from: Date;
  /** Of each group: failures that were tried in vain in each hour. */
  ofGroup: Map<string, number[]>;
}

/** Of the last day. Hours are compared as they are written, in UTC: what stands in a header need not be a date. */
export async function trendOf(dataSource: DataSource, selection: Selection, now = Date.now()): Promise<Trend> {
  const from = (Math.floor(now / hour) - hours + 1) * hour;
  const names = Array.from({ length: hours }, (_, index) => new Date(from + index * hour).toISOString().slice(0, 13));
  const parameters: unknown[] = [names, new Date(from)];
  const condition = conditionOf({ states: ['open', 'replaying'], ...selection }, parameters);
  const onCause = conditionOnCause(selection, parameters);
  const rows = (await dataSource.query(
    `select ${ofCause.group} as "group", left(attempt->>'at', 13) as hour, count(distinct f.id)::int as number
     from console.failures f ${eachCause}
       cross join lateral jsonb_array_elements(f.attempts) attempt
     where f.last_seen >= $2 and left(attempt->>'at', 13) = any($1::text[]) and ${condition} and ${onCause} group by 1, 2`,
    parameters,
  )) as { group: string; hour: string; number: number }[];
  const ofGroup = new Map<string, number[]>();
  for (const { group, hour: name, number } of rows) {
    const numbers = ofGroup.get(group) ?? names.map(() => 0);
    numbers[names.indexOf(name)] = number;
    ofGroup.set(group, numbers);
  }
  return { from: new Date(from), ofGroup };
}
