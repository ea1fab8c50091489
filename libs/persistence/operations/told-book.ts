import type { DataSource } from 'typeorm';
import { toldInOrder, type ToldToOneC } from './entities.js';

export interface Word {
  /** The student's code. */
  code: string;
  revision: number;
  told: ToldToOneC;
}

/** What 1C was last told of a student. `validUntil` in unix seconds. */
export interface Heard {
  revision: number;
  told: ToldToOneC;
  validUntil?: number;
  /** Of a *later*: for how many hours it was said. */
  laterHours?: number;
}

interface HeardRow {
  code: string;
  revision: string;
  told: ToldToOneC;
  valid_until: string | null;
  later_hours: number | null;
}

/** Is `word` news to someone who last heard `heard`? A newer revision is; of one revision the weightier word is. */
export function isNews(word: Omit<Word, 'code'>, heard: Omit<Word, 'code'> | undefined): boolean {
  if (heard === undefined || word.revision > heard.revision) return true;
  return word.revision === heard.revision && weight(word.told) > weight(heard.told);
}

const weight = (told: ToldToOneC): number => toldInOrder.indexOf(told);

/** Of several words about one student the weightiest, each with what was heard; at most one per student. */
export function newsOf<W extends Word>(
  words: readonly W[],
  heard: ReadonlyMap<string, Omit<Word, 'code'>> = new Map(),
): W[] {
  const best = new Map<string, W>();
  for (const word of words) {
    if (isNews(word, best.get(word.code) ?? heard.get(word.code))) best.set(word.code, word);
  }
  return [...best.values()];
}

/**
 * What 1C was last told, for all services. Ask and record under the infobase's advisory lock
 * ({@link withAdvisoryLock}); record after 1C has answered.
 */
export class ToldBook {
  constructor(private readonly dataSource: DataSource) {}

  /** What 1C was last told of these students; whoever it was told nothing of is absent. */
  async heard(system: string, codes: string[]): Promise<Map<string, Heard>> {
    if (codes.length === 0) return new Map();
    const rows: HeardRow[] = await this.dataSource.query(
      'select code, revision, told, valid_until, later_hours from operations.told where system = $1 and code = any($2)',
      [system, codes],
    );
    return new Map(
      rows.map(({ code, revision, told, valid_until, later_hours }) => [
        code,
        {
          revision: Number(revision),
          told,
          ...(valid_until !== null && { validUntil: Number(valid_until) }),
          ...(later_hours !== null && { laterHours: later_hours }),
        },
      ]),
    );
  }

  /**
   * Notes what 1C has been told. What is no news changes nothing. `validUntil` in unix seconds; `laterHours` of a
   * *later*.
   */
  async record(system: string, words: (Word & { validUntil?: number; laterHours?: number })[]): Promise<void> {
    const news = newsOf(words);
    if (news.length === 0) return;
    await this.dataSource.query(
      `insert into operations.told as old (system, code, revision, told, valid_until, later_hours)
       select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $7::integer[])
       on conflict (system, code) do update
         set revision = excluded.revision, told = excluded.told, valid_until = excluded.valid_until,
             later_hours = excluded.later_hours
         where (excluded.revision, array_position($6::text[], excluded.told))
             > (old.revision, array_position($6::text[], old.told))`,
      [
        system,
        news.map((word) => word.code),
        news.map((word) => word.revision),
        news.map((word) => word.told),
        news.map((word) => word.validUntil ?? null),
        toldInOrder,
        news.map((word) => word.laterHours ?? null),
      ],
    );
  }
}
