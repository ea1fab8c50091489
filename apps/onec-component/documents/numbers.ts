import type { EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';

/** As in 1C: zero-padded, and unique within the year. */
const digits = 9;

export const yearOf = (date: NaiveDate): number => Number(date.slice(0, 4));

/** The next number of the year. To the commit nobody else gets one. */
export async function nextNumber(db: EntityManager, year: number): Promise<string> {
  const rows: { last: number }[] = await db.query(
    `with known as (
       select coalesce(max(number::int), 0) as last from onec_component.binding_documents
        where year = $1 and number ~ '^[0-9]{1,9}$')
     insert into onec_component.binding_document_numbers as n (year, last) select $1, known.last + 1 from known
     on conflict (year) do update set last = greatest(n.last + 1, excluded.last) returning last`,
    [year],
  );
  return String(rows[0]!.last).padStart(digits, '0');
}
