import type { DataSource, EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';
import { studentFacts, continuesEducation } from '../../registers/facts.js';
import { contentOf } from '../../registers/student-element.js';
import { plain, within } from '../like.js';
import { coursesOf, placedStudents } from './groups.js';

export interface StudentsAsked {
  text?: string | undefined;
  group?: string | undefined;
  /** Only who continue, or only who do not. */
  continues?: boolean | undefined;
  page: number;
  size: number;
}

export interface ListedStudent {
  code: string;
  lastname: string;
  firstname: string;
  middlename: string;
  group: string | null;
  groupName: string | null;
  semester: number | null;
  continues: boolean;
}

export function listStudents(
  dataSource: DataSource,
  now: NaiveDate,
  { text, group, continues, page, size }: StudentsAsked,
): Promise<{ students: ListedStudent[]; total: number }> {
  return dataSource.transaction(async (db) => {
    await db.query(`set local statement_timeout = '10s'`);
    const found = `
      with placed as (${placedStudents}),
      named as (select distinct on (individual) * from onec_component.individual_full_names
                 where period <= $1::timestamp order by individual, period desc)
      select s.code, coalesce(n.lastname, '') as lastname, coalesce(n.firstname, '') as firstname,
             coalesce(n.middlename, '') as middlename, placed.study_group as "group", g.name as "groupName",
             placed.semester, coalesce(placed.continues, false) as continues
        from onec_component.students s
        left join placed on placed.student = s.code
        left join named n on n.individual = s.individual
        left join onec_component.study_groups g on g.code = placed.study_group
       where ($3::text is null or ${plain(`concat_ws(' ', s.code, n.lastname, n.firstname, n.middlename)`)} like $3)
         and ($4::text is null or placed.study_group = $4)
         and ($5::boolean is null or coalesce(placed.continues, false) = $5)`;
    const given = [now, continuesEducation, text === undefined ? null : within(text), group ?? null, continues ?? null];
    const rows: (ListedStudent & { total: number })[] = await db.query(
      `select found.*, (count(*) over ())::int as total from (${found}) found
        order by translate(lastname, 'Ёё', 'Ее'), lastname, firstname, middlename, code limit $6 offset $7`,
      [...given, size, (page - 1) * size],
    );
    return { students: rows, total: rows[0]?.total ?? 0 };
  });
}

/** Which courses a student has now, or what GetStudents finds wrong with them. */
export async function coursesOfStudent(db: EntityManager, now: NaiveDate, code: string, system: string) {
  const [facts] = await studentFacts(db, [code], now);
  if (!facts) return undefined;
  const content = contentOf(facts);
  const { lastname, firstname, middlename } = facts;
  const name = [lastname, firstname, middlename].filter(Boolean).join(' ');
  const known = { code, name, group: facts.study_group, groupName: facts.group, continues: facts.continues };
  if ('fault' in content)
    return { ...known, semester: facts.semester, curriculum: null, fault: content.fault, courses: [] };
  const { curriculum, semester } = content.student;
  const courses = await coursesOf(db, system, curriculum, semester);
  return { ...known, semester, curriculum, fault: null, courses };
}
