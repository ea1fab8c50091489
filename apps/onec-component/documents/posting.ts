import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { Clock } from '../clock.js';
import { boundCourses, semesterKey, type SemesterOfCurriculum } from '../registers/facts.js';
import { faultsOfDocument, type BindingDocument } from './binding-document.js';
import { refuseFaults, type Fault } from '../refusal.js';
import { readDocument } from './store.js';

/**
 * Posts a written document: its rows with Change become records of AcademicCourseBinding, those of an earlier posting
 * give way. Runs in the caller's transaction, which a PostingError must roll back.
 */
export async function postDocument(db: EntityManager, clock: Clock, id: string): Promise<void> {
  await moving(db, clock, id, async (document) => {
    refuseFaults(faultsOfDocument(document, clock.now(), await systemCodes(db)));
    await removeRecords(db, id);
    refuseFaults(await linesOfTheSameSecond(db, id));
    await db.query(
      `insert into onec_component.academic_course_bindings
         (system, curriculum, semester, discipline_kind, discipline, department, period, course_id, recorder, line)
       select line.system, line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department,
              document.date, line.course_id, document.id, line.line
         from onec_component.binding_documents document
         join onec_component.binding_document_lines line on line.document = document.id
        where document.id = $1 and line.change`,
      [id],
    );
    await db.query('update onec_component.binding_documents set posted = true, posted_at = now() where id = $1', [id]);
  });
}

export async function systemCodes(db: EntityManager): Promise<Set<string>> {
  const systems: { code: string }[] = await db.query('select code from onec_component.systems');
  return new Set(systems.map((system) => system.code));
}

/** Cancels the posting: the records vanish, and the slice falls back to earlier documents. */
export async function unpostDocument(db: EntityManager, clock: Clock, id: string): Promise<void> {
  await moving(db, clock, id, async () => {
    await removeRecords(db, id);
    await db.query('update onec_component.binding_documents set posted = false where id = $1', [id]);
  });
}

const removeRecords = (db: EntityManager, id: string): Promise<unknown> =>
  db.query('delete from onec_component.academic_course_bindings where recorder = $1', [id]);

/** Within a second the recorder is no part of the key: two documents may not move one binding in one second. */
export async function linesOfTheSameSecond(db: EntityManager, id: string): Promise<Fault[]> {
  const rows: { line: number; discipline: string; number: string; author: string }[] = await db.query(
    `select line.line, coalesce(d.name, line.discipline) as discipline, other.number, other.author
       from onec_component.binding_documents document
       join onec_component.binding_document_lines line on line.document = document.id and line.change
       join onec_component.academic_course_bindings b
         on (b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department, b.period)
          = (line.system, line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department, document.date)
       join onec_component.binding_documents other on other.id = b.recorder
       left join onec_component.disciplines d on d.kind = line.discipline_kind and d.code = line.discipline
      where document.id = $1 order by line.line`,
    [id],
  );
  return rows.map(({ line, discipline, number, author }) => ({
    line,
    text: both(
      `Запись с такими ключевыми полями существует! Строка ${line} «${discipline}»: документ ${number} (${author}) той же секунды меняет ту же привязку, измените дату`,
      `A record with these key fields exists! Line ${line} "${discipline}": document ${number} (${author}) of the same second moves the same binding, change the date`,
    ),
  }));
}

/** One movement at a time, to the commit. @returns the last number given to a changed set of courses */
export async function lockMovements(db: EntityManager): Promise<number> {
  const rows: { last: string }[] = await db.query(
    'select last from onec_component.binding_sequence where one = 1 for update',
  );
  return Number(rows[0]?.last ?? 0);
}

/** Runs the movement of one document and numbers the sets of courses that it has changed. */
async function moving(
  db: EntityManager,
  clock: Clock,
  id: string,
  move: (document: BindingDocument) => Promise<void>,
): Promise<void> {
  // Held to the commit: a reader who has seen number n has seen every change numbered below it.
  const last = await lockMovements(db);
  const document = await readDocument(db, id);
  const touched = await touchedSemesters(db, id);
  const before = await coursesBySystem(db, touched);
  await move(document);
  const after = await coursesBySystem(db, touched);
  const changed = touched.filter((one) => String(before.get(keyOf(one))) !== String(after.get(keyOf(one))));
  if (changed.length === 0) return;
  const first = Math.max(last + 1, clock.milliseconds());
  const numbers = changed.map((_, index) => first + index);
  await db.query(
    `insert into onec_component.binding_changes (system, curriculum, semester, sequence)
     select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[])
     on conflict (system, curriculum, semester) do update set sequence = excluded.sequence`,
    [
      changed.map((one) => one.system),
      changed.map((one) => one.curriculum),
      changed.map((one) => one.semester),
      numbers,
    ],
  );
  await db.query('update onec_component.binding_sequence set last = $1 where one = 1', [numbers.at(-1)]);
}

type Touched = SemesterOfCurriculum & { system: string };
const keyOf = (one: Touched): string => `${one.system} ${semesterKey(one)}`;

const touchedSemesters = (db: EntityManager, id: string): Promise<Touched[]> =>
  db.query(
    `select distinct system, curriculum, semester from (
       select system, curriculum, semester from onec_component.academic_course_bindings where recorder = $1
       union all
       select system, curriculum, semester from onec_component.binding_document_lines where document = $1 and change
     ) both_sets order by system, curriculum, semester`,
    [id],
  );

async function coursesBySystem(db: EntityManager, touched: Touched[]): Promise<Map<string, number[]>> {
  const courses = new Map<string, number[]>();
  for (const system of new Set(touched.map((one) => one.system))) {
    const ofSystem = touched.filter((one) => one.system === system);
    const bound = await boundCourses(db, system, ofSystem);
    for (const one of ofSystem) courses.set(keyOf(one), bound.get(semesterKey(one)) ?? []);
  }
  return courses;
}
