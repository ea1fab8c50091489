import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';
import { universityZone, type Configuration } from '#platform';
import { silentSystems, type Silence } from './freshness.js';

/** When something came of each system last, from 1C or by a file; those of which nothing ever has are left out. */
export async function lastCome(dataSource: DataSource, systems: readonly string[]): Promise<Map<string, Date>> {
  // Written so that the index of system and time alone can serve it: of a system that has long been silent the other
  // one would be read through.
  const rows = (await dataSource.query(
    `select s.system, j.received from unnest($1::text[]) as s (system), lateral (
       select received from console.journal
       where (system, received) between (s.system, '-infinity'::timestamptz) and (s.system, 'infinity'::timestamptz)
         and type = any($2)
       order by system desc, received desc limit 1) j`,
    [[...systems], [eventTypes.StudentChanged, eventTypes.BindingChanged]],
  )) as { system: string; received: Date }[];
  return new Map(rows.map(({ system, received }) => [system, received]));
}

export interface Fresh {
  last: Map<string, Date>;
  silent: Silence[];
}

/** When something came last, and of which systems for too long nothing has, by the configuration. */
export async function freshnessOf(
  dataSource: DataSource,
  configuration: Pick<Configuration, 'systems' | 'console'>,
  now = new Date(),
): Promise<Fresh> {
  const last = await lastCome(
    dataSource,
    configuration.systems.map(({ id }) => id),
  );
  const rules = { ...configuration.console.freshness, zone: universityZone(configuration) };
  return { last, silent: silentSystems(last, now, rules) };
}
