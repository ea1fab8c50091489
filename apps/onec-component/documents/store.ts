import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { BindingDocument, BindingLine } from './binding-document.js';
import { yearOf } from './numbers.js';
import { PostingError } from '../refusal.js';

const isUniqueViolation = (error: unknown): boolean => (error as { code?: string }).code === '23505';

/**
 * Writes a document as it came, with its number and date, and does not post it; one of the same id is replaced, unless
 * it is posted.
 */
export async function writeDocument(db: EntityManager, document: BindingDocument): Promise<void> {
  const { id, number, date, author, lines } = document;
  const systems = [...new Set(lines.map((line) => line.system))];
  const written: unknown[] = await db
    .query(
      `insert into onec_component.binding_documents as d
         (id, number, date, posted, author, year, system, date_by_hand) values ($1, $2, $3, false, $4, $5, $6, true)
       on conflict (id) do update set number = excluded.number, date = excluded.date, author = excluded.author,
         year = excluded.year, system = excluded.system, version = d.version + 1
        where not d.posted returning id`,
      [id, number, date, author, yearOf(date), systems.length === 1 ? systems[0] : null],
    )
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? numberTaken(number, yearOf(date)) : error;
    });
  if (written.length === 0) throw isPosted(number);
  await writeLines(db, id, lines);
}

export const isPosted = (number: string): PostingError =>
  new PostingError(
    'state',
    both(
      `Документ ${number} проведён: сначала отмените проведение`,
      `Document ${number} is posted: cancel the posting first`,
    ),
  );

const numberTaken = (number: string, year: number): PostingError =>
  new PostingError(
    'state',
    both(`Номер ${number} в ${year} году уже есть у другого документа`, `Number ${number} of ${year} is taken`),
  );

/** Replaces the tabular part. */
export async function writeLines(db: EntityManager, document: string, lines: readonly BindingLine[]): Promise<void> {
  await db.query('delete from onec_component.binding_document_lines where document = $1', [document]);
  await db.query(
    `insert into onec_component.binding_document_lines
       (document, line, curriculum, department, discipline_kind, discipline, semester, system, course_id, change, several,
        shown_course, shown_period)
     select $1, line.* from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[],
                                   $9::int[], $10::boolean[], $11::boolean[], $12::int[], $13::timestamp[]) as line`,
    [
      document,
      lines.map((_, index) => index + 1),
      lines.map((line) => line.curriculum),
      lines.map((line) => line.department),
      lines.map((line) => line.disciplineKind),
      lines.map((line) => line.discipline),
      lines.map((line) => line.semester),
      lines.map((line) => line.system),
      lines.map((line) => line.courseId),
      lines.map((line) => line.change),
      lines.map((line) => line.several),
      lines.map((line) => line.shown?.course ?? null),
      lines.map((line) => line.shown?.period ?? null),
    ],
  );
}

const naive = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS')`;

export async function readDocument(db: EntityManager, id: string): Promise<BindingDocument> {
  const heads: Omit<BindingDocument, 'lines'>[] = await db.query(
    `select id, number, ${naive('date')} as date, author from onec_component.binding_documents where id = $1`,
    [id],
  );
  if (!heads[0]) throw notWritten();
  return { ...heads[0], lines: await readLines(db, id) };
}

export const readLines = (db: EntityManager, document: string): Promise<BindingLine[]> =>
  db.query(
    `select curriculum, department, discipline_kind as "disciplineKind", discipline, semester, system,
            course_id as "courseId", change, several,
            case when shown_period is not null
                 then json_build_object('course', shown_course, 'period', ${naive('shown_period')}) end as shown
       from onec_component.binding_document_lines where document = $1 order by line`,
    [document],
  );

export const notWritten = (): PostingError =>
  new PostingError('no-such', both('Документ не записан', 'There is no such document'));

/** All that stands in the header. */
export interface DocumentHead {
  id: string;
  number: string;
  date: string;
  dateByHand: boolean;
  system: string | null;
  comment: string;
  author: string;
  posted: boolean;
  marked: boolean;
  version: number;
  display: 'all' | 'empty' | null;
  writtenBy: string;
  writtenAt: Date;
  postedAt: Date | null;
}

export const headColumns = `id, number, ${naive('date')} as date, date_by_hand as "dateByHand", system, comment, author, posted,
  marked, version, display, written_by as "writtenBy", written_at as "writtenAt", posted_at as "postedAt"`;

/** @throws PostingError when there is none */
export async function readHead(db: EntityManager, id: string, lock: '' | 'for update' = ''): Promise<DocumentHead> {
  const heads: DocumentHead[] = await db.query(
    `select ${headColumns} from onec_component.binding_documents where id = $1 ${lock}`,
    [id],
  );
  if (!heads[0]) throw notWritten();
  return heads[0];
}
