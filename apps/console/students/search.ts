import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';

export interface Found {
  system: string;
  code: string;
  group: string | null;
  /** `synchronized`, or a kind of failure; null: none is known yet. */
  outcome: string | null;
}

export interface Asked {
  systems: readonly string[];
  code?: string;
  group?: string;
  moodleUser?: number;
  limit: number;
}

/** A code by its beginning, a group to the letter, or the id of an account in Moodle. */
export async function findStudents(dataSource: DataSource, { systems, code, group, moodleUser, limit }: Asked) {
  const rows = (await dataSource.query(
    `select k.system, k.subject as code, k.study_group as "group", k.outcome from console.known k
     where k.system = any($1) and k.subject not like '#%'
       and ($2::text is null or starts_with(k.subject, $2))
       and ($3::text is null or k.study_group = $3)
       and ($4::text is null or exists (select from console.journal j
         where j.system = k.system and j.type = '${eventTypes.UserProvisioned}' and j.data->>'moodleUserId' = $4
           and j.subject = k.subject))
     order by k.subject, k.system limit $5`,
    [systems, code ?? null, group ?? null, moodleUser === undefined ? null : String(moodleUser), limit],
  )) as Found[];
  return rows;
}
