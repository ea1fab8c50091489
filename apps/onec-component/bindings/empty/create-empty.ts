import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../clock.js';
import type { BindingKey } from '../../documents/binding-document.js';
import type { Person } from '../../documents/drafts.js';
import { nextNumber, yearOf } from '../../documents/numbers.js';
import { lockMovements, postDocument } from '../../documents/posting.js';
import { writeLines } from '../../documents/store.js';
import { approved } from '../../registers/facts.js';

/** Codes of the approved curricula, templates left out; in an order that does not depend on the database's locale. */
export async function curriculaToBind(db: EntityManager): Promise<string[]> {
  const rows: { code: string }[] = await db.query(
    'select code from onec_component.curricula where not template and status = $1',
    [approved],
  );
  return rows.map(({ code }) => code).sort();
}

/**
 * A posted document with zeros for the curriculum's disciplines that have no record in this system; what exists is left
 * alone. To be run in a transaction. @returns how many it made; 0: nothing was missing, and there is no document
 */
export async function createEmptyBindings(
  db: EntityManager,
  clock: Clock,
  who: Person,
  system: string,
  curriculum: string,
): Promise<number> {
  // Nobody posts between the look and the record.
  await lockMovements(db);
  const missing: BindingKey[] = await db.query(
    `select l.curriculum, l.department, l.discipline_kind as "disciplineKind", l.discipline, l.semester
       from onec_component.curriculum_lines l
       join onec_component.curricula c on c.code = l.curriculum and not c.template and c.status = $3
      where l.curriculum = $2
        and not exists (select from onec_component.academic_course_bindings b
                         where b.system = $1
                           and (b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department)
                             = (l.curriculum, l.semester, l.discipline_kind, l.discipline, l.department))
      order by l.semester, l.discipline_kind, l.discipline, l.department`,
    [system, curriculum, approved],
  );
  if (missing.length === 0) return 0;
  const id = randomUUID();
  const date = clock.now();
  const year = yearOf(date);
  await db.query(
    `insert into onec_component.binding_documents
       (id, number, date, posted, author, year, system, comment, written_by)
     values ($1, $2, $3, false, $4, $5, $6, 'Создание пустых привязок', $7)`,
    [id, await nextNumber(db, year), date, who.author, year, system, who.login],
  );
  const empty = { system, courseId: 0, change: true, several: false };
  await writeLines(
    db,
    id,
    missing.map((key) => ({ ...key, ...empty })),
  );
  await postDocument(db, clock, id);
  return missing.length;
}
