import type { EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';

/** Value of StudentStatus that selects a student; readers of the mirror translate the infobase's own words to it. */
export const continuesEducation = 'Continues Education';
/** Value of a curriculum's development status that makes it usable. */
export const approved = 'Approved';

/** All that is known of one student as of a moment; whether it is enough is decided in student-element.ts. */
export interface StudentFacts {
  code: string;
  individual: string;
  /** One of the newest rows of StudentStatus says so: GetStudents selects the student. */
  continues: boolean;
  /** Rows of StudentStatus that share the newest period. */
  status_rows: number;
  study_group: string | null;
  semester: number | null;
  group_found: boolean;
  group: string | null;
  year: number | null;
  field: string | null;
  profile: string | null;
  mode: string | null;
  site: string | null;
  name_found: boolean;
  lastname: string | null;
  firstname: string | null;
  middlename: string | null;
  /** Codes of the curricula that fit the group, or of the one that the state names; templates and unapproved ones left out. */
  curricula: string[];
}

/**
 * Codes of at most `limit` students, by code: their last status is Continues Education, and the system has no
 * Synchronization row of theirs with a period not yet past. The condition on the status stands after the slice:
 * inside it an expelled student's older row would come back to life.
 */
export async function studentsToProcess(
  db: EntityManager,
  system: string,
  now: NaiveDate,
  limit: number,
): Promise<string[]> {
  // Room for the hash of those who are hidden: the plan below stands on it.
  await db.query(`set local work_mem = '64MB'`);
  const rows: { code: string }[] = await db.query(
    // NOT IN, not NOT EXISTS: it hashes whatever the statistics say, and after a night of flagging they say little.
    `select s.code
       from onec_component.students s
      cross join lateral (
            select bool_or(st.status = $3) as continues from onec_component.student_statuses st
             where st.student = s.code
               and st.period = (select max(newest.period) from onec_component.student_statuses newest
                                 where newest.student = s.code and newest.period <= $2::timestamp)) last
      where s.code not in (select f.student from onec_component.synchronization f
                            where f.system = $1 and f.period >= $2::timestamp)
        and last.continues
      order by s.code limit $4`,
    [system, now, continuesEducation, limit],
  );
  return rows.map((row) => row.code);
}

/** Facts of the students, in the order of the codes; unknown codes are left out. */
export function studentFacts(db: EntityManager, codes: readonly string[], now: NaiveDate): Promise<StudentFacts[]> {
  return db.query(
    `select s.code, s.individual,
            coalesce(st.continues, false) as continues, coalesce(st.rows, 0)::int as status_rows, st.study_group, st.semester,
            g.code is not null as group_found, g.name as "group", g.year, g.field, g.profile, g.mode, g.site,
            n.individual is not null as name_found, n.lastname, n.firstname, n.middlename,
            coalesce(c.codes, '{}') as curricula
       from unnest($1::text[]) with ordinality as wanted (code, place)
      cross join lateral (select * from onec_component.students one where one.code = wanted.code limit 1) s
       left join lateral (
            select bool_or(one.status = $4) as continues, count(*) as rows, min(one.study_group) as study_group, min(one.semester) as semester,
                   min(one.curriculum) as curriculum
              from onec_component.student_statuses one
             where one.student = s.code
               and one.period = (select max(newest.period) from onec_component.student_statuses newest
                                  where newest.student = s.code and newest.period <= $2::timestamp)) st on true
       left join onec_component.study_groups g on g.code = st.study_group
       left join lateral (
            select one.* from onec_component.individual_full_names one
             where one.individual = s.individual and one.period <= $2::timestamp
             order by one.period desc limit 1) n on true
       left join lateral (
            select array_agg(one.code order by one.code) as codes from (
              select fits.code from onec_component.curricula fits
               where st.curriculum is null and fits.year = g.year and fits.field = g.field
                 and fits.profile = g.profile and fits.mode = g.mode and fits.site = g.site
                 and not fits.template and fits.status = $3
              union all
              select named.code from onec_component.curricula named
               where named.code = st.curriculum and not named.template and named.status = $3) one) c on true
      order by wanted.place`,
    [codes, now, approved, continuesEducation],
  );
}

export interface SemesterOfCurriculum {
  curriculum: string;
  semester: number;
}
export const semesterKey = ({ curriculum, semester }: SemesterOfCurriculum): string => `${semester} ${curriculum}`;

/**
 * Non-empty bindings by {@link semesterKey}: course ids, ascending, each once. Dimensions select inside the slice, the
 * course id after it. A change of the teaching department leaves the old department's binding alive beside the new one,
 * since the department is a dimension: both count until the old one is bound to nothing.
 */
export async function boundCourses(
  db: EntityManager,
  system: string,
  pairs: readonly SemesterOfCurriculum[],
): Promise<Map<string, number[]>> {
  const rows: (SemesterOfCurriculum & { courses: number[] })[] = await db.query(
    // A slice of its own for each pair: a few records by the key, however large the register is.
    `select pair.curriculum, pair.semester, bound.courses
       from unnest($2::text[], $3::int[]) as pair (curriculum, semester)
      cross join lateral (
            select array_agg(distinct slice.course_id order by slice.course_id) as courses
              from (select distinct on (b.discipline_kind, b.discipline, b.department) b.course_id
                      from onec_component.academic_course_bindings b
                     where b.system = $1 and b.curriculum = pair.curriculum and b.semester = pair.semester
                     order by b.discipline_kind, b.discipline, b.department, b.period desc) slice
             where slice.course_id <> 0) bound
      where bound.courses is not null`,
    [system, pairs.map((pair) => pair.curriculum), pairs.map((pair) => pair.semester)],
  );
  return new Map(rows.map((row) => [semesterKey(row), row.courses]));
}
