import type { DataSource, EntityManager } from 'typeorm';
import type { Bilingual } from '#contracts';

/** A trouble as a service finds it. */
export interface FoundTrouble {
  /** Whom or what it is about, unique within the check: a student's code, `names 17`. Empty where there is but one. */
  about: string;
  /** Codes may stand in it, names of persons never. */
  what: Bilingual;
  /** What to do about it. */
  mend: Bilingual;
}

/** Which troubles are meant: one look of one service, at one system or at none in particular. */
export interface TroubleSource {
  service: string;
  /** Empty: it concerns no one system. */
  system: string;
  /** Machine name: `mirror-record`, `mirror-age`, `page-no-json`. */
  check: string;
}

/**
 * Troubles that stand and that no message carries: no dead letter and no pause says them, so they are kept here for
 * `itk status` and the doctor, until the service that found them finds them mended.
 */
export class TroubleBook {
  constructor(private readonly dataSource: DataSource | EntityManager) {}

  /** What this look found, whole: what it no longer finds is over. `since` of what stands stays. */
  async found({ service, system, check }: TroubleSource, troubles: readonly FoundTrouble[]): Promise<void> {
    const last = [...new Map(troubles.map((trouble) => [trouble.about, trouble])).values()];
    const abouts = last.map(({ about }) => about);
    await this.dataSource.query(
      `delete from operations.trouble
        where service = $1 and system = $2 and "check" = $3 and about <> all($4::text[])`,
      [service, system, check, abouts],
    );
    if (last.length === 0) return;
    await this.dataSource.query(
      `insert into operations.trouble as old (service, system, "check", about, what, mend, since)
       select $1, $2, $3, found.about, found.what, found.mend, now()
         from unnest($4::text[], $5::jsonb[], $6::jsonb[]) as found (about, what, mend)
       on conflict (service, system, "check", about) do update set what = excluded.what, mend = excluded.mend
        where (old.what, old.mend) is distinct from (excluded.what, excluded.mend)`,
      [
        ...[service, system, check, abouts],
        last.map(({ what }) => JSON.stringify(what)),
        last.map(({ mend }) => JSON.stringify(mend)),
      ],
    );
  }
}
