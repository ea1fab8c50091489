import type { DataSource } from 'typeorm';
import { Told } from '#persistence';
import { FailureRow } from '../ledger/entities/failures.js';
import { JournalRow } from '../ledger/entities/journal.js';
import { KnownRow } from '../ledger/entities/known.js';

/** Everything that is known of one student in one system. */
export interface Story {
  system: string;
  known: KnownRow | null;
  /** What 1C was last told. */
  told: Told | null;
  /** Oldest first; the newest so many. */
  events: JournalRow[];
  /** Newest first, without their messages. */
  failures: Omit<FailureRow, 'body' | 'headers'>[];
  /** Times between which events are missing in the journal of the system. */
  gaps: { after: Date | null; before: Date; missing: number }[];
}

/** Only of systems that know anything of the student. */
export async function storiesOf(
  dataSource: DataSource,
  code: string,
  systems: readonly string[],
  limit: number,
): Promise<Story[]> {
  const stories = await Promise.all(systems.map((system) => storyOf(dataSource, code, system, limit)));
  return stories.filter(({ known, told, events, failures }) => known || told || events.length + failures.length > 0);
}

async function storyOf(dataSource: DataSource, code: string, system: string, limit: number): Promise<Story> {
  const events = await dataSource
    .getRepository(JournalRow)
    .find({ where: { system, subject: code }, order: { at: 'desc', eventId: 'asc' }, take: limit });
  const failures = await dataSource
    .getRepository(FailureRow)
    .find({ where: { system, subject: code }, order: { lastSeen: 'desc' }, take: limit });
  const oldest = events.at(-1)?.at ?? null;
  const gaps = (await dataSource.query(
    `select after, before, missing::int from console.gaps
     where system = $1 and ($2::timestamptz is null or before >= $2) order by before`,
    [system, oldest],
  )) as Story['gaps'];
  return {
    system,
    known: await dataSource.getRepository(KnownRow).findOneBy({ system, subject: code }),
    told: await dataSource.getRepository(Told).findOneBy({ system, code }),
    events: events.reverse(),
    failures: failures.map(({ body: _, headers: __, ...failure }) => failure),
    gaps,
  };
}
