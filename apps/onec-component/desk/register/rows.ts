import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { NaiveDate } from '#synchronizer';
import { Refusal } from '../../refusal.js';
import { forgetFaults } from '../../registers/faults.js';
import { plain, within as containing } from '../like.js';

/** What 1C itself finds wrong with a student, or `Moodle`: the toolkit told the error. */
export const errorKinds = ['Status Error', 'Individual Error', 'Group Error', 'ES Error', 'Moodle'] as const;
export type ErrorKind = (typeof errorKinds)[number];

export interface RowKey {
  system: string;
  student: string;
  period: NaiveDate;
}

/** By what rows are chosen; what is absent does not matter. */
export interface RowsFilter {
  system?: string | undefined;
  error?: boolean | undefined;
  /** The period is not over: the row hides the student. */
  live?: boolean | undefined;
  kind?: ErrorKind | undefined;
  /** A piece of the student's code, or of the group's name. */
  text?: string | undefined;
}

export type Selection = ({ rows: RowKey[] } | { filter: RowsFilter }) & {
  /** Codes of the ELS beyond which nothing is chosen; undefined: no such bound. */
  within?: readonly string[] | undefined;
};

export interface ListedRow extends RowKey {
  error: boolean;
  live: boolean;
  kind: ErrorKind | null;
  /** What 1C said of the student. */
  text: string | null;
  group: string | null;
}

/** SQL: all rows with what they mean; $1 is the infobase's now. */
const told = `
  select r.system, r.student, r.period, r.error, r.period >= $1::timestamp as live, f.text,
         case when r.error then case when f.text is null then 'Moodle' else split_part(f.text, ':', 1) end end as kind,
         g.name as "group"
    from onec_component.synchronization r
    left join onec_component.faults f on f.system = r.system and f.student = r.student and r.error
    left join lateral (select st.study_group from onec_component.student_statuses st
                        where st.student = r.student and st.period <= $1::timestamp
                        order by st.period desc, st.line limit 1) placed on true
    left join onec_component.study_groups g on g.code = placed.study_group`;

const chosen = `
    ($2::text is null or system = $2) and ($3::boolean is null or error = $3) and ($4::boolean is null or live = $4)
    and ($5::text is null or kind = $5) and ($6::text is null or ${plain(`concat_ws(' ', student, "group")`)} like $6)
    and ($7::text[] is null or (system, student, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS')) in (
         select * from unnest($7::text[], $8::text[], $9::text[])))
    and ($10::text[] is null or system = any($10))`;

function given(now: NaiveDate, selection: Selection): unknown[] {
  const { system, error, live, kind, text } = 'filter' in selection ? selection.filter : ({} as RowsFilter);
  const rows = 'rows' in selection ? selection.rows : undefined;
  return [
    ...[now, system ?? null, error ?? null, live ?? null, kind ?? null],
    text === undefined ? null : containing(text),
    ...[rows?.map((row) => row.system) ?? null, rows?.map((row) => row.student) ?? null],
    rows?.map((row) => row.period) ?? null,
    selection.within ?? null,
  ];
}

/** The longest hidden first. */
export async function listRows(
  db: EntityManager,
  now: NaiveDate,
  { page, size, within, ...filter }: RowsFilter & Pick<Selection, 'within'> & { page: number; size: number },
): Promise<{ rows: ListedRow[]; total: number }> {
  const values = given(now, { filter, within });
  const totals: { total: number }[] = await db.query(
    `select count(*)::int as total from (${told}) told where ${chosen}`,
    values,
  );
  const rows: ListedRow[] = await db.query(
    `select system, student, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, error, live, kind, text, "group"
       from (${told}) told where ${chosen}
      order by told.period desc, student, system limit $11 offset $12`,
    [...values, size, (page - 1) * size],
  );
  return { rows, total: totals[0]?.total ?? 0 };
}

export interface Touched {
  rows: number;
  /** Of these still hiding their students. */
  live: number;
  students: number;
}

/** What deleting them touches. */
export async function foreseeRows(db: EntityManager, now: NaiveDate, selection: Selection): Promise<Touched> {
  const rows: Touched[] = await db.query(
    `select count(*)::int as rows, (count(*) filter (where live))::int as live,
            count(distinct (system, student))::int as students
       from (${told}) told where ${chosen}`,
    given(now, selection),
  );
  return rows[0]!;
}

/**
 * Deletes them, when they are as many as the person has seen: whoever is hidden by none any more is offered again, and
 * what was found wrong with them before speaks of them no more.
 */
export async function deleteRows(
  db: EntityManager,
  now: NaiveDate,
  selection: Selection,
  expected: number,
): Promise<Touched> {
  await db.query('lock table onec_component.synchronization in share row exclusive mode');
  const touched = await foreseeRows(db, now, selection);
  if (touched.rows !== expected)
    throw new Refusal(
      'ask',
      both(
        `Записей теперь ${touched.rows}, а было показано ${expected}`,
        `There are ${touched.rows} rows now, and ${expected} were shown`,
      ),
      { ...touched },
    );
  const [deleted] = (await db.query(
    `delete from onec_component.synchronization s using (
       select system, student, period from (${told}) told where ${chosen}) gone
      where (s.system, s.student, s.period) = (gone.system, gone.student, gone.period)
      returning s.system, s.student`,
    given(now, selection),
  )) as [RowKey[], number];
  for (const system of new Set(deleted.map((row) => row.system))) {
    const codes = [...new Set(deleted.filter((row) => row.system === system).map(({ student }) => student))];
    await forgetFaults(db, system, await notHidden(db, now, system, codes));
  }
  return touched;
}

async function notHidden(db: EntityManager, now: NaiveDate, system: string, codes: string[]): Promise<string[]> {
  const rows: { student: string }[] = await db.query(
    `select student from unnest($2::text[]) as wanted (student)
      where not exists (select from onec_component.synchronization s
                         where s.system = $1 and s.student = wanted.student and s.period >= $3::timestamp)`,
    [system, codes, now],
  );
  return rows.map(({ student }) => student);
}

/** Gives a row another period or mark. */
export async function editRow(
  db: EntityManager,
  now: NaiveDate,
  { system, student, period }: RowKey,
  to: { period: NaiveDate; error: boolean },
): Promise<void> {
  if (to.period !== period) {
    const taken: unknown[] = await db.query(
      `select from onec_component.synchronization where (system, student, period) = ($1, $2, $3::timestamp)`,
      [system, student, to.period],
    );
    if (taken.length > 0)
      throw new Refusal(
        'state',
        both('Запись с такими ключевыми полями существует!', 'A record with these key fields exists!'),
      );
  }
  const [edited] = (await db.query(
    `update onec_component.synchronization set period = $4, error = $5
      where (system, student, period) = ($1, $2, $3::timestamp) returning student`,
    [system, student, period, to.period, to.error],
  )) as [unknown[], number];
  if (edited.length === 0) throw new Refusal('no-such', both('Такой записи нет', 'There is no such row'));
  await forgetFaults(db, system, await notHidden(db, now, system, [student]));
}
