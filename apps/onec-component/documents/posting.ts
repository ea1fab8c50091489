import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.js';
import { boundCourses, semesterKey, type SemesterOfCurriculum } from '../registers/facts.js';
import { faultOfDocument, PostingError, type BindingDocument, type BindingLine } from './binding-document.js';

/** Writes a document without posting it; one of the same id is replaced, unless it is posted. */
export async function writeDocument(db: EntityManager, document: BindingDocument): Promise<void> {
  const written: unknown[] = await db.query(
    `insert into onec_component.binding_documents as d (id, number, date, posted, author) values ($1, $2, $3, false, $4)
     on conflict (id) do update set number = excluded.number, date = excluded.date, author = excluded.author
      where not d.posted returning id`,
    [document.id, document.number, document.date, document.author],
  );
  if (written.length === 0) throw new PostingError(`Документ ${document.number} проведён: сначала отмените проведение`);
  await db.query('delete from onec_component.binding_document_lines where document = $1', [document.id]);
  await db.query(
    `insert into onec_component.binding_document_lines
       (document, line, curriculum, department, discipline_kind, discipline, semester, system, course_id, change, several)
     select $1, line.* from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[],
                                   $9::int[], $10::boolean[], $11::boolean[]) as line`,
    [
      document.id,
      document.lines.map((_, index) => index + 1),
      document.lines.map((line) => line.curriculum),
      document.lines.map((line) => line.department),
      document.lines.map((line) => line.disciplineKind),
      document.lines.map((line) => line.discipline),
      document.lines.map((line) => line.semester),
      document.lines.map((line) => line.system),
      document.lines.map((line) => line.courseId),
      document.lines.map((line) => line.change),
      document.lines.map((line) => line.several),
    ],
  );
}

/**
 * Posts a written document: its rows with Change become records of AcademicCourseBinding, those of an earlier posting
 * give way. Runs in the caller's transaction, which a {@link PostingError} must roll back.
 */
export async function postDocument(db: EntityManager, clock: Clock, id: string): Promise<void> {
  await moving(db, clock, id, async (document) => {
    const systems: { code: string }[] = await db.query('select code from onec_component.systems');
    const fault = faultOfDocument(document, clock.now(), new Set(systems.map((system) => system.code)));
    if (fault) throw new PostingError(fault);
    await removeRecords(db, id);
    await db
      .query(
        `insert into onec_component.academic_course_bindings
             (system, curriculum, semester, discipline_kind, discipline, department, period, course_id, recorder, line)
           select line.system, line.curriculum, line.semester, line.discipline_kind, line.discipline, line.department,
                  document.date, line.course_id, document.id, line.line
             from onec_component.binding_documents document
             join onec_component.binding_document_lines line on line.document = document.id
            where document.id = $1 and line.change`,
        [id],
      )
      .catch((error: unknown) => {
        // Within a second the recorder is no part of the key: two documents may not move one binding in one second.
        if ((error as { code?: string }).code !== '23505') throw error;
        throw new PostingError(
          'Запись с такими ключевыми полями существует! Другой документ той же секунды меняет ту же привязку: измените дату',
        );
      });
    await db.query('update onec_component.binding_documents set posted = true where id = $1', [id]);
  });
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

/** Runs the movement of one document and numbers the sets of courses that it has changed. */
async function moving(
  db: EntityManager,
  clock: Clock,
  id: string,
  move: (document: BindingDocument) => Promise<void>,
): Promise<void> {
  // One movement at a time, to the commit: a reader who has seen number n has seen every change numbered below it.
  const locked: { last: string }[] = await db.query(
    'select last from onec_component.binding_sequence where one = 1 for update',
  );
  const document = await readDocument(db, id);
  const touched = await touchedSemesters(db, id);
  const before = await coursesBySystem(db, touched);
  await move(document);
  const after = await coursesBySystem(db, touched);
  const changed = touched.filter((one) => String(before.get(keyOf(one))) !== String(after.get(keyOf(one))));
  if (changed.length === 0) return;
  const first = Math.max(Number(locked[0]?.last ?? 0) + 1, clock.milliseconds());
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

export async function readDocument(db: EntityManager, id: string): Promise<BindingDocument> {
  const heads: Omit<BindingDocument, 'lines'>[] = await db.query(
    `select id, number, to_char(date, 'YYYY-MM-DD"T"HH24:MI:SS') as date, author
       from onec_component.binding_documents where id = $1`,
    [id],
  );
  if (!heads[0]) throw new PostingError('Документ не записан');
  const lines: BindingLine[] = await db.query(
    `select curriculum, department, discipline_kind as "disciplineKind", discipline, semester, system,
            course_id as "courseId", change, several
       from onec_component.binding_document_lines where document = $1 order by line`,
    [id],
  );
  return { ...heads[0], lines };
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
