import type { EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';
import { approved, continuesEducation } from '../registers/facts.js';

/** Students of one group whose courses change. */
export interface TouchedGroup {
  system: string;
  group: string;
  name: string;
  curriculum: string;
  semester: number;
  students: number;
}

export interface Movement {
  document: string;
  date: NaiveDate;
  movement: 'post' | 'cancel';
}

/**
 * Whose set of courses the movement changes, by group: continuing students without a fault, in a semester of a
 * curriculum whose non-empty bindings are others afterwards.
 */
export const touchedStudents = (
  db: EntityManager,
  now: NaiveDate,
  { document, date, movement }: Movement,
): Promise<TouchedGroup[]> =>
  db.query(
    `with touched as (
       select distinct system, curriculum, semester from onec_component.binding_document_lines
        where document = $1 and change),
     records as (
       select b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department, b.period, b.course_id,
              true as before, b.recorder <> $1::uuid as after
         from onec_component.academic_course_bindings b join touched using (system, curriculum, semester)
       union all
       select system, curriculum, semester, discipline_kind, discipline, department, $2::timestamp, course_id, false, true
         from onec_component.binding_document_lines where document = $1 and change and $3 = 'post'),
     before as (
       select system, curriculum, semester, array_agg(distinct course_id order by course_id) as courses from (
         select distinct on (system, curriculum, semester, discipline_kind, discipline, department) *
           from records where before
          order by system, curriculum, semester, discipline_kind, discipline, department, period desc) slice
        where course_id <> 0 group by system, curriculum, semester),
     after as (
       select system, curriculum, semester, array_agg(distinct course_id order by course_id) as courses from (
         select distinct on (system, curriculum, semester, discipline_kind, discipline, department) *
           from records where after
          order by system, curriculum, semester, discipline_kind, discipline, department, period desc) slice
        where course_id <> 0 group by system, curriculum, semester),
     moved as (
       select system, curriculum, semester from touched
         left join before using (system, curriculum, semester) left join after using (system, curriculum, semester)
        where before.courses is distinct from after.courses),
     plans as (select distinct curriculum from moved),
     fitting as (
       select g.code, g.name, min(c.code) as curriculum
         from onec_component.study_groups g
         join onec_component.curricula c
           on c.year = g.year and c.field = g.field and c.profile = g.profile and c.mode = g.mode and c.site = g.site
          and not c.template and c.status = $5
        group by g.code, g.name having count(*) = 1 and min(c.code) in (select curriculum from plans)),
     placed as (
       select st.student, min(st.study_group) as study_group, min(st.semester) as semester,
              min(st.curriculum) as named
         from (select one.*, rank() over (partition by student order by period desc) as place
                 from onec_component.student_statuses one where period <= $4::timestamp) st
        where st.place = 1 group by st.student
       having count(*) = 1 and bool_and(st.status = $6)),
     studying as (
       select placed.student, placed.semester, g.code, g.name, fitting.curriculum
         from placed join fitting on placed.named is null and fitting.code = placed.study_group
         join onec_component.study_groups g on g.code = placed.study_group
       union all
       select placed.student, placed.semester, g.code, g.name, c.code
         from placed
         join onec_component.curricula c on c.code = placed.named and not c.template and c.status = $5
         join onec_component.study_groups g on g.code = placed.study_group)
     select moved.system, fitting.code as "group", fitting.name, moved.curriculum, moved.semester,
            count(*)::int as students
       from moved
       join studying fitting on fitting.curriculum = moved.curriculum and fitting.semester = moved.semester
       join onec_component.students s on s.code = fitting.student
      where exists (select from onec_component.individual_full_names n
                     where n.individual = s.individual and n.period <= $4::timestamp)
      group by moved.system, fitting.code, fitting.name, moved.curriculum, moved.semester
      order by fitting.name, moved.semester, moved.system`,
    [document, date, movement, now, approved, continuesEducation],
  );
