import type { EntityManager } from 'typeorm';
import type { BindingKey } from '../documents/binding-document.js';

/** A change of one binding. */
export interface BindingChange {
  period: string;
  /** Null: there was no record before. */
  from: number | null;
  to: number;
  author: string;
  document: string;
  number: string;
}

/** The changes of one binding that are in force, the newest first: those of cancelled postings left with their records. */
export const historyOfBinding = (db: EntityManager, system: string, key: BindingKey): Promise<BindingChange[]> =>
  db.query(
    `select to_char(b.period, 'YYYY-MM-DD"T"HH24:MI:SS') as period,
            lag(b.course_id) over (order by b.period) as "from", b.course_id as "to",
            coalesce(d.author, '') as author, b.recorder as document, coalesce(d.number, '') as number
       from onec_component.academic_course_bindings b
       left join onec_component.binding_documents d on d.id = b.recorder
      where (b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department) = ($1, $2, $3, $4, $5, $6)
      order by b.period desc`,
    [system, key.curriculum, key.semester, key.disciplineKind, key.discipline, key.department],
  );
