import type { Bilingual, FailureKind, Origin } from '#contracts';

/**
 * `open`: somebody has to mend it. `replaying`: put back, the outcome is not known yet. `closed`: a newer outcome
 * stands. `superseded`: a newer revision of the student is on its way, a replay would do nothing. `archived`: a person
 * put it aside.
 */
export const states = ['open', 'replaying', 'superseded', 'closed', 'archived'] as const;
export type State = (typeof states)[number];

/** One try that failed. */
export interface Attempt {
  /** RFC 3339. */
  at: string;
  kind: string;
  cause: string;
  about: string;
  ru: string;
  en: string;
}

export interface Note {
  at: string;
  by: string;
  text: string;
}

/** What a failure is: by these it is grouped. */
export interface Cause {
  system: string;
  /** The service that gave up. */
  service: string;
  kind: FailureKind;
  cause: string;
  about: string;
}

/** One of several things by which a message failed at once. */
export interface OneCause extends Pick<Cause, 'kind' | 'cause' | 'about'> {
  reason: Bilingual;
  cure?: Bilingual;
}

export interface CauseInGroup extends OneCause {
  /** Key of the group of all that suffer from it. */
  group: string;
}

/** Whom a message speaks of, as far as it can be read. */
export interface Owner {
  eventType?: string;
  /** The student's code, or `#<curriculum>/<semester>`: a code may not hold #. */
  subject?: string;
  code?: string;
  /** Of bindings, their sequence. */
  revision?: number;
  origin?: Origin;
  traceId?: string;
}

/** A failure as it stands in the table, without its message. */
export interface Failure extends Cause, Owner {
  id: string;
  /** The queue it died in; none where 1C itself found the fault and there is no message. */
  queue?: string;
  reason: Bilingual;
  cure?: Bilingual;
  /** Where it has several causes: each of them, this one first. It stands in the group of each. */
  causes?: OneCause[];
  /** Oldest first. */
  attempts: Attempt[];
  /** Marks of its deaths: a letter that is delivered twice is no second death. */
  deaths: string[];
  /** Milliseconds. */
  firstSeen: number;
  lastSeen: number;
  state: State;
  closedBy?: string;
  /** The job that put it back last. */
  replay?: string;
  /** `owed`: its services could not say that it failed, the console has to. */
  toldOn: 'no' | 'owed' | 'told';
}
