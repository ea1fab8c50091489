import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';

/** Students whom 1C offered and of whom it has not yet been told: the window of one system, as the journal knows it. */
export interface UnderWay {
  system: string;
  students: number;
  /** Since when the one is under way that has been so for the longest. */
  oldest: Date | null;
}

/** After so many hours onec-poller gives a place up: whoever is still without a report has none any more. */
const givenUpAfter = 6;

/**
 * Reads the window from the journal. Who is under way leaves, and others come later: nothing before the oldest of the
 * last look need be looked at again, so that the journal may be as long as it likes.
 */
export class Windows {
  private readonly oldest = new Map<string, Date>();

  constructor(private readonly dataSource: Pick<DataSource, 'query'>) {}

  of(systems: readonly string[]): Promise<UnderWay[]> {
    return Promise.all(systems.map((system) => this.one(system)));
  }

  private async one(system: string): Promise<UnderWay> {
    const [row] = (await this.dataSource.query(
      `select count(distinct j.subject)::int as students, min(j.received) as oldest, now() as now
       from console.journal j
       where j.system = $1 and j.type = $2 and j.data->>'origin' = 'onec'
         and j.received >= greatest($4::timestamptz, now() - interval '${givenUpAfter} hours')
         and not exists (
           select 1 from console.journal r
           where r.system = j.system and r.subject = j.subject and r.type = $3 and r.revision >= j.revision)`,
      [system, eventTypes.StudentChanged, eventTypes.StudentReported, this.oldest.get(system) ?? null],
    )) as { students: number; oldest: Date | null; now: Date }[];
    const { students, oldest, now } = row!;
    // A minute of grace: what another process is storing now may bear an earlier time.
    this.oldest.set(system, oldest ?? new Date(now.getTime() - 60_000));
    return { system, students, oldest };
  }
}
