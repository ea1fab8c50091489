import { closedBy, type Evidence } from '../evidence.js';
import type { Attempt, Failure } from '../failure.js';
import type { Letter } from '../letter/letter.js';

export interface Folded {
  failure: Failure;
  /** The letter brings something new; a letter that is delivered again does not. */
  isNews: boolean;
  /** The replay job whose message has failed again. */
  failedAgainIn?: string;
}

/** Attempts and marks of deaths that are kept, the newest. */
const kept = 100;

/** A letter, laid upon what is known of the same message. One row for one message and queue, however often it dies. */
export function fold(before: Failure | undefined, letter: Letter, evidence: Evidence): Folded {
  if (before?.deaths.includes(letter.death)) return { failure: before, isNews: false };
  const isNewest = !before || letter.time >= before.lastSeen;
  const { kind, cause, about, reason, cure, causes } = isNewest ? letter : before;
  const lastSeen = Math.max(letter.time, before?.lastSeen ?? letter.time);
  const attempts = mergeAttempts(before?.attempts ?? [], letter.attempts);
  const failedAgainIn = before?.replay !== undefined && before.replay === letter.replay ? letter.replay : undefined;
  // Another copy of the message may still die while the replayed one is on its way.
  const replaying = before?.state === 'replaying' && failedAgainIn === undefined;
  const closed = closedBy(
    { service: letter.service, queue: letter.queue, revision: letter.revision ?? before?.revision, lastSeen },
    evidence,
  );
  const { eventType, subject, code, revision, origin, traceId } = letter;
  return {
    isNews: true,
    ...(failedAgainIn && { failedAgainIn }),
    failure: {
      ...before,
      ...stripped({ eventType, subject, code, revision, origin, traceId }),
      ...{ id: letter.id, queue: letter.queue, system: letter.system, service: letter.service },
      ...{ kind, cause, about, reason, cure, causes, attempts, lastSeen },
      firstSeen: Math.min(before?.firstSeen ?? Infinity, ...attempts.map(({ at }) => Date.parse(at)), letter.time),
      deaths: [...(before?.deaths ?? []), letter.death].slice(-kept),
      state: closed ? 'closed' : replaying ? 'replaying' : 'open',
      closedBy: closed,
      toldOn: letter.tellOn ? 'owed' : (before?.toldOn ?? 'no'),
    },
  };
}

const stripped = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;

function mergeAttempts(before: readonly Attempt[], more: readonly Attempt[]): Attempt[] {
  const all = new Map([...before, ...more].map((attempt) => [`${attempt.at} ${attempt.cause}`, attempt]));
  return [...all.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-kept);
}
