import type { UserProvisioned } from '#contracts';
import type { Study } from './study.js';

/** How a message is to be answered. `work` and `repeat` wait for what becomes of the study. */
export type Intake =
  /** Below what was seen, or outdone by a neighbour in the batch. */
  | { kind: 'superseded' }
  /** Nobody is concerned any more, or another message of the batch stands for it. */
  | { kind: 'covered' }
  /** The study is worked on, and this message answers for it. */
  | { kind: 'work'; code: string }
  /** Already made true: what follows is published again, without a Moodle call. */
  | { kind: 'repeat'; code: string };

export type Message = { provisioned: UserProvisioned } | { due: string };

export type PersonKeyOf = (person: UserProvisioned['person']) => string;

/** The study as UserProvisioned tells it; how far it was made true stays as it was. */
export function studyOf(event: UserProvisioned, before: Study | undefined, personKeyOf: PersonKeyOf): Study {
  const { person, study } = event;
  const sameRevision = before?.seen === event.revision;
  return {
    ...before,
    code: person.code,
    personKey: personKeyOf(person),
    origin: event.origin,
    active: event.state === 'active',
    moodleUserId: before && isOutdated(event, before) ? before.moodleUserId : event.moodleUserId,
    // An account made for this revision is new, however often it is said.
    accountCreated: event.accountCreated || (sameRevision && before.accountCreated),
    group: study?.group ?? '',
    curriculum: study?.curriculum,
    semester: study?.semester,
    courses: event.courses,
    bindingSequence: event.bindingSequence,
    seen: event.revision,
  };
}

/**
 * Said before its account was found missing, and delivered again after another account was named: who asked had been
 * another message, so the old account would be looked for up the whole ladder.
 */
const isOutdated = ({ revision, moodleUserId }: UserProvisioned, before: Study): boolean =>
  before.missingAsked === revision && before.seen === revision && before.missingUserId === moodleUserId;

/** Made true for the newest revision and for the account that is the student's now. */
export const isApplied = (study: Study): boolean =>
  study.applied === study.seen && study.appliedUserId === study.moodleUserId;

export interface Taken {
  /** One for each message, in order. */
  intakes: Intake[];
  /** Studies with something new to be noted. */
  changed: Map<string, Study>;
  /** Codes to be worked on. */
  work: Set<string>;
}

/**
 * Sorts a batch by what the ledger has seen. Of one student the newest revision counts; an older one is superseded.
 * EnrolmentDue stands for the study's seen revision: a UserProvisioned at work in the same batch covers it. Beside a
 * UserProvisioned that only repeats, EnrolmentDue is worked on and answers for itself.
 */
export function takeIn(
  messages: readonly (Message | undefined)[],
  known: ReadonlyMap<string, Study>,
  personKeyOf: PersonKeyOf,
): Taken {
  const changed = new Map<string, Study>();
  const standing = new Map<string, number>();
  messages.forEach((message, index) => {
    if (!message || !('provisioned' in message)) return;
    const { code } = message.provisioned.person;
    const before = changed.get(code) ?? known.get(code);
    if (before && message.provisioned.revision < before.seen) return;
    changed.set(code, studyOf(message.provisioned, before, personKeyOf));
    standing.set(code, index);
  });
  const work = new Set<string>();
  const answering = new Map<string, number>();
  for (const [code, index] of standing) {
    if (isApplied(changed.get(code)!)) continue;
    work.add(code);
    answering.set(code, index);
  }
  messages.forEach((message, index) => {
    if (!message || !('due' in message) || work.has(message.due)) return;
    const study = changed.get(message.due) ?? known.get(message.due);
    // A withdrawn study has something left to do where a held suspension is released.
    if (!study?.active && study?.moodleUserId === undefined) return;
    work.add(message.due);
    answering.set(message.due, index);
  });
  const intakes = messages.map((message, index): Intake => {
    if (!message) return { kind: 'covered' };
    const code = 'due' in message ? message.due : message.provisioned.person.code;
    if (answering.get(code) === index) return { kind: 'work', code };
    if ('due' in message) return { kind: 'covered' };
    if (standing.get(code) === index) return { kind: 'repeat', code };
    const { seen } = (changed.get(code) ?? known.get(code))!;
    return message.provisioned.revision < seen ? { kind: 'superseded' } : { kind: 'covered' };
  });
  return { intakes, changed, work };
}

/** An account that was found anew for one study is the account of its human's other studies too. */
export function siblingsMoved(
  changed: ReadonlyMap<string, Study>,
  studies: ReadonlyMap<string, Study>,
): Map<string, Study> {
  const accounts = new Map<string, number>();
  for (const { personKey, moodleUserId } of changed.values())
    if (moodleUserId !== undefined) accounts.set(personKey, moodleUserId);
  const moved = new Map<string, Study>();
  for (const study of studies.values()) {
    const moodleUserId = accounts.get(study.personKey);
    if (moodleUserId !== undefined && moodleUserId !== study.moodleUserId)
      moved.set(study.code, { ...study, moodleUserId });
  }
  return moved;
}
