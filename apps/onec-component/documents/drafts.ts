import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { NaiveDate } from '#synchronizer';
import type { Clock } from '../clock.js';
import { largestCourse, type BindingKey, type BindingLine, type Shown } from './binding-document.js';
import { nextNumber, yearOf } from './numbers.js';
import { PostingError, refuseFaults, type Fault } from '../refusal.js';
import { isPosted, readHead, readLines, writeLines, type DocumentHead } from './store.js';

/** Who works at the desk. */
export interface Person {
  login: string;
  /** Surname and initials, as documents keep them. */
  author: string;
}

export interface DraftLine extends BindingKey {
  courseId: number;
  change: boolean;
  several: boolean;
  shown: Shown | null;
}

/** All that a person enters before posting. */
export interface DraftContent {
  /** Code of the ELS; null: not chosen yet. */
  system: string | null;
  comment: string;
  /** Set by hand; null: the moment of posting. */
  date: NaiveDate | null;
  display: 'all' | 'empty' | null;
  lines: DraftLine[];
}

/** A new document: numbered at once, and kept on the server while it is edited. */
export async function createDraft(
  db: EntityManager,
  clock: Clock,
  who: Person,
  content: DraftContent,
): Promise<DocumentHead> {
  await refuseContent(db, content);
  const id = randomUUID();
  const date = content.date ?? clock.now();
  const year = yearOf(date);
  await db.query(
    `insert into onec_component.binding_documents
       (id, number, date, posted, author, year, system, comment, date_by_hand, display, written_by)
     values ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, await nextNumber(db, year), date, who.author, year, content.system],
      ...[content.comment, content.date !== null, content.display, who.login],
    ],
  );
  await writeLines(db, id, linesOf(content));
  return readHead(db, id);
}

/** Writes the whole document over the version that the person has seen. */
export async function saveDraft(
  db: EntityManager,
  clock: Clock,
  who: Person,
  id: string,
  version: number,
  content: DraftContent,
): Promise<DocumentHead> {
  const head = await editable(db, id, version);
  await refuseContent(db, content);
  const date = content.date ?? (head.dateByHand ? clock.now() : head.date);
  await datedAnew(db, head, date);
  await db.query(
    `update onec_component.binding_documents
        set system = $2, comment = $3, date_by_hand = $4, display = $5, written_by = $6, written_at = now(), author = $7,
            version = version + 1
      where id = $1`,
    [id, content.system, content.comment, content.date !== null, content.display, who.login, who.author],
  );
  await writeLines(db, id, linesOf(content));
  return readHead(db, id);
}

/** Throws away a document that was never posted; one that was is marked for deletion instead. */
export async function discardDraft(db: EntityManager, id: string, version: number): Promise<void> {
  const head = await editable(db, id, version);
  if (head.postedAt !== null)
    throw new PostingError(
      'state',
      both(
        `Документ ${head.number} уже проводился: его можно только пометить на удаление`,
        `Document ${head.number} has been posted before: it can only be marked for deletion`,
      ),
    );
  await db.query('delete from onec_component.binding_document_lines where document = $1', [id]);
  await db.query('delete from onec_component.binding_documents where id = $1', [id]);
}

/** A new document with the lines of another, each beside what the register holds now. */
export async function copyDocument(db: EntityManager, clock: Clock, who: Person, id: string): Promise<DocumentHead> {
  const { system, comment, display } = await readHead(db, id);
  if (system === null)
    throw new PostingError(
      'state',
      both('Документ привязывает в нескольких ЭОС: его нельзя скопировать', 'The document is of several ELS: no copy'),
    );
  const lines = await shownNow(db, await readLines(db, id));
  return createDraft(db, clock, who, { system, comment, display, date: null, lines });
}

/** The head, locked, when it may be written by whoever has seen this version. */
export async function editable(db: EntityManager, id: string, version: number): Promise<DocumentHead> {
  const head = await unchanged(db, id, version);
  if (head.posted) throw isPosted(head.number);
  if (head.marked)
    throw new PostingError(
      'state',
      both(`Документ ${head.number} помечен на удаление`, `Document ${head.number} is marked for deletion`),
    );
  return head;
}

/** The head, locked, when it still has the version that was seen. */
export async function unchanged(db: EntityManager, id: string, version: number): Promise<DocumentHead> {
  const head = await readHead(db, id, 'for update');
  if (head.version === version) return head;
  throw new PostingError(
    'version',
    both(
      `Документ ${head.number} изменил ${head.writtenBy || head.author}: прочитайте его снова`,
      `Document ${head.number} was changed by ${head.writtenBy || head.author}: read it again`,
    ),
    { version: head.version, writtenBy: head.writtenBy, writtenAt: head.writtenAt },
  );
}

/** Gives it this date; in another year it gets a number of that year. */
export async function datedAnew(db: EntityManager, head: DocumentHead, date: NaiveDate): Promise<void> {
  if (date === head.date) return;
  const year = yearOf(date);
  const number = year === yearOf(head.date) ? head.number : await nextNumber(db, year);
  await db.query('update onec_component.binding_documents set date = $2, year = $3, number = $4 where id = $1', [
    ...[head.id, date, year, number],
  ]);
}

const linesOf = ({ system, lines }: DraftContent): BindingLine[] =>
  system === null ? [] : lines.map((line) => ({ ...line, system }));

/** What cannot be kept at all; what only stands against posting is said before posting. */
async function refuseContent(db: EntityManager, { system, lines }: DraftContent): Promise<void> {
  const known: unknown[] = await db.query('select from onec_component.systems where code = $1', [system]);
  if (system === null ? lines.length > 0 : known.length === 0)
    throw new PostingError('faults', both('Поле «ЭОС» не заполнено', 'The field "ELS" is not filled in'));
  refuseFaults(
    lines.flatMap(({ courseId }, index): Fault[] =>
      Number.isInteger(courseId) && courseId >= 0 && courseId <= largestCourse
        ? []
        : [
            {
              line: index + 1,
              text: both(
                `В строке ${index + 1} идентификатор курса не от 0 до ${largestCourse}`,
                `In line ${index + 1} the course identifier is not within 0 to ${largestCourse}`,
              ),
            },
          ],
    ),
  );
}

/** The lines beside what the register holds of them now. */
async function shownNow(db: EntityManager, lines: readonly BindingLine[]): Promise<DraftLine[]> {
  const rows: { index: number; course: number; period: string }[] = await db.query(
    `select wanted.index::int - 1 as index, last.course_id as course, to_char(last.period, 'YYYY-MM-DD"T"HH24:MI:SS') as period
       from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[]) with ordinality
            as wanted (system, curriculum, semester, kind, discipline, department, index)
      cross join lateral (
            select b.course_id, b.period from onec_component.academic_course_bindings b
             where (b.system, b.curriculum, b.semester, b.discipline_kind, b.discipline, b.department)
                 = (wanted.system, wanted.curriculum, wanted.semester, wanted.kind, wanted.discipline, wanted.department)
             order by b.period desc limit 1) last`,
    [
      lines.map((line) => line.system),
      lines.map((line) => line.curriculum),
      lines.map((line) => line.semester),
      lines.map((line) => line.disciplineKind),
      lines.map((line) => line.discipline),
      lines.map((line) => line.department),
    ],
  );
  const now = new Map(rows.map(({ index, course, period }) => [index, { course, period }]));
  return lines.map((line, index) => ({ ...line, shown: now.get(index) ?? null }));
}
