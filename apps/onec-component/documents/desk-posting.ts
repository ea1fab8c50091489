import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { Clock } from '../clock.js';
import { faultsOfDocument } from './binding-document.js';
import { datedAnew, editable, unchanged, type Person } from './drafts.js';
import { acceptanceOf, movedLines, unknownBindings, type MovedLine } from './foresight.js';
import { linesOfTheSameSecond, lockMovements, postDocument, systemCodes, unpostDocument } from './posting.js';
import type { Refusal } from '../refusal.js';
import { PostingError, refuseFaults, type Fault } from '../refusal.js';
import { readDocument, readHead, type DocumentHead } from './store.js';
import { touchedStudents, type TouchedGroup } from './touched.js';

/**
 * Posts what the person has seen, at this moment unless the date is set by hand, and keeps who they are. `accept` is
 * the acceptance of the moved lines they were shown. To be run in a transaction, which a refusal rolls back.
 */
export async function postDraft(
  db: EntityManager,
  clock: Clock,
  who: Person,
  id: string,
  { version, accept = '' }: { version: number; accept?: string },
): Promise<DocumentHead> {
  await lockMovements(db);
  const head = await editable(db, id, version);
  const date = head.dateByHand ? head.date : clock.now();
  await datedAnew(db, head, date);
  const lines: { number: number }[] = await db.query(
    'select count(*)::int as number from onec_component.binding_document_lines where document = $1 and change',
    [id],
  );
  if (lines[0]?.number === 0)
    throw new PostingError('faults', both('В документе нет изменённых строк', 'No line of the document is changed'));
  refuseFaults(await unknownBindings(db, id));
  await db.query(
    `update onec_component.binding_documents
        set author = $2, written_by = $3, written_at = now(), version = version + 1 where id = $1`,
    [id, who.author, who.login],
  );
  // What does not let it be posted comes before what only has to be seen; a refusal takes the records back.
  const moved = await movedLines(db, id, date);
  await postDocument(db, clock, id);
  if (acceptanceOf(moved) !== accept) throw haveMoved(moved);
  return readHead(db, id);
}

const haveMoved = (moved: readonly MovedLine[]): Refusal =>
  moved.length === 0
    ? new PostingError(
        'ask',
        both('Больше нет строк, о которых нужно знать до проведения', 'No line needs to be known of any more'),
        { moved, accept: '' },
      )
    : new PostingError(
        'ask',
        both(
          `Строк, привязка которых с тех пор изменена или изменена позже даты документа: ${moved.length}`,
          `Lines whose binding has been moved since, or later than the document's date: ${moved.length}`,
        ),
        { moved, accept: acceptanceOf(moved) },
      );

/** What the posting would do. */
export interface Foreseen {
  version: number;
  date: string;
  faults: Fault[];
  moved: MovedLine[];
  accept: string;
  students: number;
  groups: TouchedGroup[];
}

/** What stands against posting, what should be known before it, and whom it touches. Writes nothing. */
export async function foreseePosting(db: EntityManager, clock: Clock, id: string): Promise<Foreseen> {
  const head = await readHead(db, id);
  const document = await readDocument(db, id);
  const date = head.dateByHand ? head.date : clock.now();
  const faults = [
    ...faultsOfDocument({ ...document, date }, clock.now(), await systemCodes(db)),
    ...(await unknownBindings(db, id)),
    ...(head.dateByHand ? await linesOfTheSameSecond(db, id) : []),
  ];
  const moved = await movedLines(db, id, date);
  const groups = await touchedStudents(db, clock.now(), { document: id, date, movement: 'post' });
  const students = sumOf(groups);
  return { version: head.version, date, faults, moved, accept: acceptanceOf(moved), students, groups };
}

/** Whom the cancelling of its posting touches. Writes nothing. */
export async function foreseeCancelling(
  db: EntityManager,
  clock: Clock,
  id: string,
): Promise<Pick<Foreseen, 'version' | 'students' | 'groups'>> {
  const { version, date } = await readHead(db, id);
  const groups = await touchedStudents(db, clock.now(), { document: id, date, movement: 'cancel' });
  return { version, students: sumOf(groups), groups };
}

const sumOf = (groups: readonly TouchedGroup[]): number => groups.reduce((sum, { students }) => sum + students, 0);

/** Administrators only: the records go, and the slice falls back to the documents before. */
export async function cancelPosting(
  db: EntityManager,
  clock: Clock,
  who: Person,
  id: string,
  version: number,
): Promise<DocumentHead> {
  await lockMovements(db);
  const head = await unchanged(db, id, version);
  if (!head.posted)
    throw new PostingError(
      'state',
      both(`Документ ${head.number} не проведён`, `Document ${head.number} is not posted`),
    );
  await unpostDocument(db, clock, id);
  return written(db, who, id);
}

/**
 * Marks it for deletion, after its posting is cancelled, or takes the mark back. Whoever may not cancel a posting may not
 * do so by a mark either.
 */
export async function markDocument(
  db: EntityManager,
  clock: Clock,
  who: Person,
  id: string,
  { version, marked, mayCancel }: { version: number; marked: boolean; mayCancel: boolean },
): Promise<DocumentHead> {
  await lockMovements(db);
  const head = await unchanged(db, id, version);
  if (marked && head.posted && !mayCancel)
    throw new PostingError(
      'not-permitted',
      both(
        `Документ ${head.number} проведён: сначала администратор отменяет проведение`,
        `Document ${head.number} is posted: an administrator cancels the posting first`,
      ),
    );
  if (marked && head.posted) await unpostDocument(db, clock, id);
  await db.query('update onec_component.binding_documents set marked = $2 where id = $1', [id, marked]);
  return written(db, who, id);
}

async function written(db: EntityManager, who: Person, id: string): Promise<DocumentHead> {
  await db.query(
    `update onec_component.binding_documents
        set written_by = $2, written_at = now(), version = version + 1 where id = $1`,
    [id, who.login],
  );
  return readHead(db, id);
}
