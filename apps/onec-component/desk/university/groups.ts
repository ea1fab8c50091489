import type { EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';
import { approved, continuesEducation } from '../../registers/facts.js';
import { plain, within } from '../like.js';

export interface GroupsAsked {
  text?: string | undefined;
  curriculum?: string | undefined;
  page: number;
  size: number;
}

export interface ListedGroup {
  code: string;
  name: string;
  year: number | null;
  field: string | null;
  profile: string | null;
  mode: string | null;
  site: string | null;
  /** Approved ones that fit; 1C takes a group with exactly one. */
  curricula: string[];
  /** Who continue. */
  students: number;
}

/** SQL: the newest status of every student as of $1; of several of one period the group and semester of one. */
export const placedStudents = `
  select student, min(study_group) as study_group, min(semester) as semester, bool_or(status = $2) as continues
    from (select one.*, rank() over (partition by student order by period desc) as place
            from onec_component.student_statuses one where period <= $1::timestamp) st
   where place = 1 group by student`;

export async function listGroups(
  db: EntityManager,
  now: NaiveDate,
  { text, curriculum, page, size }: GroupsAsked,
): Promise<{ groups: ListedGroup[]; total: number }> {
  const fitting = `(select coalesce(array_agg(c.code order by c.code), '{}') from onec_component.curricula c
    where (c.year, c.field, c.profile, c.mode, c.site) = (g.year, g.field, g.profile, g.mode, g.site)
      and not c.template and c.status = $3)`;
  const chosen = `($4::text is null or ${plain(`concat_ws(' ', g.code, g.name)`)} like $4)
    and ($5::text is null or array[$5::text] <@ ${fitting})`;
  const given = [now, continuesEducation, approved, text === undefined ? null : within(text), curriculum ?? null];
  const totals: { total: number }[] = await db.query(
    `select count(*)::int as total from onec_component.study_groups g
      where ${chosen} and $1::timestamp is not null and $2::text is not null`,
    given,
  );
  const groups: ListedGroup[] = await db.query(
    `with placed as (${placedStudents})
     select g.code, g.name, g.year, g.field, g.profile, g.mode, g.site, ${fitting} as curricula,
            coalesce(counted.students, 0) as students
       from onec_component.study_groups g
       left join (select study_group, count(*)::int as students from placed where continues group by study_group) counted
              on counted.study_group = g.code
      where ${chosen} order by g.name, g.code limit $6 offset $7`,
    [...given, size, (page - 1) * size],
  );
  return { groups, total: totals[0]?.total ?? 0 };
}

/** A course and the disciplines by which it is bound. */
export interface BoundCourse {
  courseId: number;
  disciplines: { name: string; department: string; since: string; document: string; number: string; author: string }[];
}

/** The courses of one semester of a curriculum, as GetStudents would give them, with where each comes from. */
export async function coursesOf(
  db: EntityManager,
  system: string,
  curriculum: string,
  semester: number,
): Promise<BoundCourse[]> {
  const rows: (BoundCourse['disciplines'][number] & { courseId: number })[] = await db.query(
    `select slice.course_id as "courseId", coalesce(d.name, slice.discipline) as name,
            coalesce(t.name, slice.department) as department,
            to_char(slice.period, 'YYYY-MM-DD"T"HH24:MI:SS') as since, slice.recorder as document,
            coalesce(doc.number, '') as number, coalesce(doc.author, '') as author
       from (select distinct on (discipline_kind, discipline, department) *
               from onec_component.academic_course_bindings
              where system = $1 and curriculum = $2 and semester = $3
              order by discipline_kind, discipline, department, period desc) slice
       left join onec_component.disciplines d on d.kind = slice.discipline_kind and d.code = slice.discipline
       left join onec_component.departments t on t.code = slice.department
       left join onec_component.binding_documents doc on doc.id = slice.recorder
      where slice.course_id <> 0 order by name, slice.discipline, slice.department`,
    [system, curriculum, semester],
  );
  const courses = new Map<number, BoundCourse>();
  for (const { courseId, ...discipline } of rows) {
    const known = courses.get(courseId);
    if (known) known.disciplines.push(discipline);
    else courses.set(courseId, { courseId, disciplines: [discipline] });
  }
  return [...courses.values()].sort((a, b) => a.courseId - b.courseId);
}

/** In which semesters its continuing students are, and what each of these has now. */
export async function coursesOfGroup(db: EntityManager, now: NaiveDate, code: string, system: string) {
  const groups: { code: string; name: string; curricula: string[] }[] = await db.query(
    `select g.code, g.name, (select coalesce(array_agg(c.code order by c.code), '{}') from onec_component.curricula c
       where (c.year, c.field, c.profile, c.mode, c.site) = (g.year, g.field, g.profile, g.mode, g.site)
         and not c.template and c.status = $2) as curricula
       from onec_component.study_groups g where g.code = $1`,
    [code, approved],
  );
  const [group] = groups;
  if (!group) return undefined;
  const semesters: { semester: number; students: number }[] = await db.query(
    `with placed as (${placedStudents})
     select semester, count(*)::int as students from placed
      where study_group = $3 and continues and semester is not null group by semester order by semester`,
    [now, continuesEducation, code],
  );
  const curriculum = group.curricula.length === 1 ? group.curricula[0]! : null;
  return {
    ...group,
    semesters: await Promise.all(
      semesters.map(async (one) => ({
        ...one,
        courses: curriculum === null ? [] : await coursesOf(db, system, curriculum, one.semester),
      })),
    ),
  };
}
