import { eventTypes } from '#contracts';
import type { Failure } from './failure.js';

/** An outcome's revision and when its event was made, milliseconds; by these names it is stored. */
export interface Mark {
  revision: number;
  at: number;
}

/** What is known of one student in one system: grows only, so that the order in which events come does not matter. */
export interface Evidence {
  /** The newest revision that any event named. */
  seen?: number;
  /** The newest outcome, success or failure. */
  outcome?: Mark & { is: string };
  synchronized?: Mark;
  provisioned?: Mark;
  /** 1C was told something of it. */
  reported?: Mark;
  /** Academic group of the newest revision. */
  group?: { revision: number; name: string };
}

/** The part of a journal entry from which evidence is drawn. */
export interface Facts {
  type: string;
  revision?: number;
  /** When the event was made, milliseconds. */
  time: number;
  /** Of SynchronizationFailed. */
  kind?: string;
  /** Of StudentReported. */
  told?: string;
  group?: string;
}

const newer = <M extends Mark>(a: M | undefined, b: M | undefined): M | undefined => {
  if (!a || !b) return a ?? b;
  if (a.revision !== b.revision) return a.revision > b.revision ? a : b;
  return a.at >= b.at ? a : b;
};

/** Of one moment the greater word counts, so that joining knows no order. */
function newerOutcome(a: Evidence['outcome'], b: Evidence['outcome']): Evidence['outcome'] {
  if (a && b && a.revision === b.revision && a.at === b.at) return a.is >= b.is ? a : b;
  return newer(a, b);
}

const largest = (a?: number, b?: number): number | undefined => (a === undefined ? b : Math.max(a, b ?? a));

const newerGroup = (a: Evidence['group'], b: Evidence['group']): Evidence['group'] => {
  if (!a || !b) return a ?? b;
  return a.revision > b.revision || (a.revision === b.revision && a.name >= b.name) ? a : b;
};

/** Of what is equal the parts of `a` are kept. */
export function join(a: Evidence, b: Evidence): Evidence {
  const joined: Evidence = { ...a };
  const seen = largest(a.seen, b.seen);
  if (seen !== undefined) joined.seen = seen;
  if (b.outcome) joined.outcome = newerOutcome(a.outcome, b.outcome)!;
  if (b.synchronized) joined.synchronized = newer(a.synchronized, b.synchronized)!;
  if (b.provisioned) joined.provisioned = newer(a.provisioned, b.provisioned)!;
  if (b.reported) joined.reported = newer(a.reported, b.reported)!;
  if (b.group) joined.group = newerGroup(a.group, b.group)!;
  return joined;
}

/** Whether joining has brought nothing new: `after` was joined from `before`. */
export const nothingNew = (before: Evidence, after: Evidence): boolean =>
  before.seen === after.seen &&
  before.outcome === after.outcome &&
  before.synchronized === after.synchronized &&
  before.provisioned === after.provisioned &&
  before.reported === after.reported &&
  before.group === after.group;

export function evidenceOf({ type, revision, time, kind, told, group }: Facts): Evidence {
  if (revision === undefined) return {};
  const mark = { revision, at: time };
  const seen = { seen: revision };
  switch (type) {
    case eventTypes.StudentChanged:
      return { ...seen, ...(group && { group: { revision, name: group } }) };
    case eventTypes.UserProvisioned:
      return { ...seen, provisioned: mark };
    case eventTypes.StudentSynchronized:
      return { ...seen, synchronized: mark, outcome: { ...mark, is: 'synchronized' } };
    case eventTypes.SynchronizationFailed:
      return { ...seen, outcome: { ...mark, is: kind ?? 'unexplained' } };
    case eventTypes.StudentReported:
      return told === 'nothing' ? seen : { ...seen, reported: mark };
    case eventTypes.BindingChanged:
      // The newest set of courses is all that counts: it is its own outcome.
      return { ...seen, outcome: { ...mark, is: 'binding' } };
    default:
      return seen;
  }
}

const reportingStages: readonly string[] = ['success-reporter', 'error-flagger', 'onec-poller'];

/** Was what failed done after all: later than it failed, and of its own revision or of a newer one? */
const done = (mark: Mark | undefined, { revision, lastSeen }: Pick<Failure, 'revision' | 'lastSeen'>): boolean =>
  mark !== undefined && mark.at >= lastSeen && (revision === undefined || mark.revision >= revision);

/**
 * Does what is known close a failure? Every newer outcome does; StudentSynchronized also for its own revision; and what
 * a service passed on at last closes the message that it had failed with. A fault of 1C's own is no message: that 1C was
 * told *later* mends nothing there. Says by what.
 */
export function closedBy(
  failure: Pick<Failure, 'service' | 'queue' | 'revision' | 'lastSeen'>,
  { outcome, synchronized, provisioned, reported }: Evidence,
): string | undefined {
  const { service, queue, revision, lastSeen } = failure;
  if (outcome && (revision === undefined ? outcome.at > lastSeen : outcome.revision > revision))
    return `${outcome.is} ${outcome.revision}`;
  if (done(synchronized, failure)) return `synchronized ${synchronized!.revision}`;
  if (queue === undefined) return undefined;
  if (service === 'user-provisioner' && done(provisioned, failure)) return `provisioned ${provisioned!.revision}`;
  if (reportingStages.includes(service) && done(reported, failure)) return `reported ${reported!.revision}`;
  return undefined;
}

/** A newer revision is known: the services would answer a replay with *superseded*. Which one. */
export function overtakenBy(
  { revision }: Pick<Failure, 'revision'>,
  evidence: Evidence,
  told?: number,
): number | undefined {
  if (revision === undefined) return undefined;
  const newest = Math.max(evidence.seen ?? 0, told ?? 0);
  return newest > revision ? newest : undefined;
}
