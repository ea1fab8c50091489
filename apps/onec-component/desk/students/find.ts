import type { DataSource } from 'typeorm';
import type { NaiveDate } from '#synchronizer';
import { studentFacts } from '../../registers/facts.js';
import { plain, within } from '../like.js';

/** Students whose present name has every one of these words in it. */
export async function findByName(
  dataSource: DataSource,
  { words, limit, now }: { words: readonly string[]; limit: number; now: NaiveDate },
) {
  return dataSource.transaction(async (db) => {
    // Whoever types a name does not wait longer, and the mirror has more to do.
    await db.query(`set local statement_timeout = '5s'`);
    const codes: { code: string }[] = await db.query(
      `select s.code
         from onec_component.individual_full_names n
         join onec_component.students s on s.individual = n.individual
        where n.period <= $1::timestamp
          and ${plain(`concat_ws(' ', n.lastname, n.firstname, n.middlename)`)} like all($2::text[])
          and not exists (select from onec_component.individual_full_names newer
                           where newer.individual = n.individual and newer.period > n.period
                             and newer.period <= $1::timestamp)
        order by translate(n.lastname, 'Ёё', 'Ее'), n.lastname, n.firstname, n.middlename, s.code limit $3`,
      [now, words.map(within), limit + 1],
    );
    const found = await studentFacts(
      db,
      codes.slice(0, limit).map(({ code }) => code),
      now,
    );
    return {
      students: found.map(({ code, lastname, firstname, middlename, group }) => ({
        ...{ code, group },
        ...{ lastname: lastname ?? '', firstname: firstname ?? '', middlename: middlename ?? '' },
      })),
      more: codes.length > limit,
    };
  });
}
