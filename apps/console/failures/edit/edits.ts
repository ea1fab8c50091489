import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { both, eventTypes, makeEvent, type Bilingual, type StudentChanged } from '#contracts';
import type { Issue } from '#http-api';
import { orderWithin } from '../../replay/replays.js';
import { overtakenBy, type Evidence } from '../evidence.js';
import type { State } from '../failure.js';
import { applyEdits, type Change, type Edit } from './apply.js';
import { readEditable, type Editable } from './fields.js';

/** The message cannot be edited now, or not so. */
export class EditRefused extends Error {
  override name = 'EditRefused';
  constructor(
    readonly reason: Bilingual,
    readonly issues?: Issue[],
  ) {
    super(reason.en);
  }
}

interface Found {
  id: string;
  system: string;
  subject: string | null;
  revision: string | null;
  state: State;
  body: Buffer | null;
  trace_id: string | null;
}

export type RolesOf = (system: string) => readonly string[];

export interface Sent {
  replay: string;
  event: string;
  revision: number;
  changes: Change[];
}

/** What may be edited of this failure's message. @throws EditRefused */
export async function editableOf(
  manager: EntityManager,
  id: string,
  rolesOf: RolesOf,
  lock = false,
): Promise<Editable & { found: Found; revision: number }> {
  const [found] = (await manager.query(
    `select id, system, subject, revision, state, body, trace_id from console.failures
     where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  )) as Found[];
  if (!found?.body) throw new EditRefused(both('Сообщения нет: править нечего', 'There is no message to edit'));
  if (found.state !== 'open') throw new EditRefused(await whyNotOpen(manager, found));
  const editable = readEditable(found.body, found.system, rolesOf(found.system));
  if (!('fields' in editable)) throw new EditRefused(editable);
  const { revision } = editable.data as unknown as StudentChanged;
  const newer = await newerThan(manager, found, revision);
  if (newer !== undefined)
    throw new EditRefused(
      both(
        `1С уже передала студента заново (редакция ${newer}): правка старого сообщения её не отменит`,
        `1C has offered the student anew (revision ${newer}): an edit of the old message would not outdo that`,
      ),
    );
  return { ...editable, found, revision };
}

/**
 * Sends the message as edited: a new event under a revision of its own, by one above the newest, so that no service
 * takes it for superseded; what 1C offers next is above it again. It goes the whole way as StudentChanged: names
 * concern the account, whatever service the message died in. @throws EditRefused
 */
export function sendEdited(
  dataSource: DataSource,
  { id, edits, by, rolesOf }: { id: string; edits: readonly Edit[]; by: string; rolesOf: RolesOf },
): Promise<Sent> {
  return dataSource.transaction(async (manager) => {
    const editable = await editableOf(manager, id, rolesOf, true);
    const { found, traceparent } = editable;
    const { data, changes, issues } = applyEdits(editable, edits, Date.now());
    if (issues.length > 0)
      throw new EditRefused(
        both('Исправленное сообщение нарушает формат', 'The message as edited breaks its format'),
        issues,
      );
    if (changes.length === 0) throw new EditRefused(both('Ничего не изменено', 'Nothing is changed'));
    const subject = found.subject ?? (data as unknown as StudentChanged).person.code;
    const revision = 1 + (await newestEdit(manager, found.system, subject, editable.revision));
    const event = makeEvent(
      eventTypes.StudentChanged,
      { ...(data as unknown as StudentChanged), revision },
      {
        // A service of its own name: what the console itself says is never told on.
        service: 'console/edit',
        id: randomUUID(),
        ...(traceparent !== undefined && { traceparent }),
      },
    );
    const { id: replay } = await orderWithin(manager, { selection: { ids: [id] }, by });
    await manager.query(
      `insert into console.edits (event_id, failure, replay, system, subject, revision, "by", time, fields, body)
       values ($1, $2, $3, $4, $5, $6, $7, now(), $8, $9)`,
      [
        ...[event.id, id, replay, found.system, subject, revision, by],
        JSON.stringify(changes.map(({ path }) => path)),
        Buffer.from(JSON.stringify(event)),
      ],
    );
    return { replay, event: event.id, revision, changes };
  });
}

async function whyNotOpen(manager: EntityManager, { id, state }: Found): Promise<Bilingual> {
  const [edit] = (await manager.query(
    `select "by", revision from console.edits where failure = $1 order by time desc limit 1`,
    [id],
  )) as { by: string; revision: string }[];
  if (edit)
    return both(
      `Сообщение уже исправил ${edit.by} (редакция ${edit.revision})`,
      `The message has been edited by ${edit.by} already (revision ${edit.revision})`,
    );
  return state === 'replaying'
    ? both('Сообщение уже повторяется', 'The message is being replayed')
    : both('Неудача больше не открыта', 'The failure is not open any more');
}

/** A revision of the student that is newer than the message. */
async function newerThan(
  manager: EntityManager,
  { system, subject }: Found,
  revision: number,
): Promise<number | undefined> {
  const [known] = (await manager.query(
    `select (select evidence from console.known where system = $1 and subject = $2) as evidence,
       (select revision from operations.told where system = $1 and code = $2) as told`,
    [system, subject],
  )) as { evidence: Evidence | null; told: string | null }[];
  return overtakenBy({ revision }, known?.evidence ?? {}, known?.told == null ? undefined : Number(known.told));
}

/** One edit of a student at a time: two messages of one student may not get the same revision. */
async function newestEdit(manager: EntityManager, system: string, subject: string, revision: number): Promise<number> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`edit ${system} ${subject}`]);
  const [row] = (await manager.query(
    `select max(e.revision) as newest,
       (array_agg(e."by") filter (where i.state in ('waiting', 'sending', 'sent')))[1] as by
     from console.edits e left join console.replay_items i on i.replay = e.replay and i.failure = e.failure
     where e.system = $1 and e.subject = $2`,
    [system, subject],
  )) as { newest: string | null; by: string | null }[];
  if (row!.by !== null)
    throw new EditRefused(
      both(
        `Другое сообщение этого студента только что исправил ${row!.by}: дождитесь исхода`,
        `Another message of this student has just been edited by ${row!.by}: wait for its outcome`,
      ),
    );
  return Math.max(revision, Number(row!.newest ?? 0));
}
