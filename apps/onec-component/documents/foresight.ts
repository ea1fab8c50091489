import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { NaiveDate } from '#synchronizer';
import type { Shown } from './binding-document.js';
import type { Fault } from '../refusal.js';

/** A line of which the register no longer holds what was shown, or holds a record newer than the document. */
export interface MovedLine {
  line: number;
  discipline: string;
  /** A newer record stands there: posting would be without effect. */
  newer: boolean;
  /** Somebody has moved the binding since it was shown: posting would take their work back. */
  changed: boolean;
  courseId: number;
  shown: Shown | null;
  now: (Shown & { document: string; number: string; author: string }) | null;
}

/** Of the lines with Change, those of which somebody should know before posting at this date. */
export const movedLines = (db: EntityManager, id: string, date: NaiveDate): Promise<MovedLine[]> =>
  db.query(
    `select line, discipline, newer, changed, "courseId", shown, now from (
       select line.line, coalesce(d.name, line.discipline) as discipline, line.course_id as "courseId",
              coalesce(last.period > $2::timestamp, false) as newer,
              last.period is distinct from line.shown_period as changed,
              case when line.shown_period is not null then json_build_object('course', line.shown_course,
                   'period', to_char(line.shown_period, 'YYYY-MM-DD"T"HH24:MI:SS')) end as shown,
              case when last.period is not null then json_build_object('course', last.course_id,
                   'period', to_char(last.period, 'YYYY-MM-DD"T"HH24:MI:SS'), 'document', last.recorder,
                   'number', by.number, 'author', by.author) end as now
         from onec_component.binding_document_lines line
         left join lateral (
              select b.course_id, b.period, b.recorder from onec_component.academic_course_bindings b
               where (b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department)
                   = (line.system, line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department)
               order by b.period desc limit 1) last on true
         left join onec_component.binding_documents by on by.id = last.recorder
         left join onec_component.disciplines d on d.kind = line.discipline_kind and d.code = line.discipline
        where line.document = $1 and line.change) of_register
      where newer or changed order by line`,
    [id, date],
  );

/** Says that exactly these moved lines have been seen. Empty: there are none. */
export const acceptanceOf = (moved: readonly MovedLine[]): string =>
  moved.length === 0 ? '' : createHash('sha256').update(JSON.stringify(moved)).digest('base64url').slice(0, 22);

/** The form works with bindings that stand in the register, or in a curriculum: others are nobody's. */
export async function unknownBindings(db: EntityManager, id: string): Promise<Fault[]> {
  const rows: { line: number; discipline: string }[] = await db.query(
    `select line.line, coalesce(d.name, line.discipline) as discipline
       from onec_component.binding_document_lines line
       left join onec_component.disciplines d on d.kind = line.discipline_kind and d.code = line.discipline
      where line.document = $1 and line.change
        and not exists (select from onec_component.curriculum_lines c
                         where (c.curriculum, c.semester, c.discipline_kind, c.discipline, c.department)
                             = (line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department))
        and not exists (select from onec_component.academic_course_bindings b
                         where (b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department)
                             = (line.system, line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department))
      order by line.line`,
    [id],
  );
  return rows.map(({ line, discipline }) => ({
    line,
    text: both(
      `Строка ${line} «${discipline}»: такой дисциплины нет ни в учебном плане, ни в регистре`,
      `Line ${line} "${discipline}": neither a curriculum nor the register has this discipline`,
    ),
  }));
}
