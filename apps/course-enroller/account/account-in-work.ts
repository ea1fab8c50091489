import type { Failure } from '#contracts';
import type { Bindings, Study } from '../intake/study.js';
import type { Account } from '../ledger/ledger.js';
import type { Answers, Enrolled, NamedCourse } from '../moodle/enrolments.js';
import type { HeldCourses } from '../removals/brake.js';
import { leavingKey, type Leaving } from '../removals/removals.js';
import { coursesOf, desiredOf, type FindCourse } from '../rules/desired.js';
import { roleUnknown } from '../rules/failures.js';
import type { Memberships } from '../rules/grouping.js';
import {
  afterEnrolling,
  afterNoting,
  afterReading,
  changesOf,
  coursesToRead,
  type Change,
  type Entries,
  type Removal,
  type WantedCourses,
} from '../rules/plan.js';
import type { AccountResult } from '../rules/verdict.js';

/** One account to be made true, with all the studies of its human. */
export interface AccountDue {
  readonly moodleUserId: number;
  readonly studies: readonly Study[];
}

export interface EnrolmentRules {
  /** Role ids by shortname. */
  roles: Readonly<Record<string, number>>;
  defaultRole: string;
  removal: Removal;
}

/**
 * An account in the making: the ledger's page of it, and what has become of it so far. Nobody writes into it: each step
 * answers with the account as it is then, and the pass goes on with that one.
 */
export interface AccountInWork extends AccountDue, AccountResult {
  readonly enrolments: Entries;
  readonly memberships: Memberships;
  /** Just made, and never worked on: nothing can stand there that we did not make. */
  readonly fresh: boolean;
  readonly wanted: WantedCourses;
  /** Noted without a result in courses that cannot be looked into. */
  readonly unseen: Entries;
  readonly held: HeldCourses;
  /** The ledger is to hear of it. */
  readonly touched: boolean;
}

/** The courses that the studies of these accounts name by idnumber, each once; by the first that says how it is made. */
export function coursesNamed(due: readonly AccountDue[], bindings: Bindings, defaultRole: string): NamedCourse[] {
  const named = new Map<string, NamedCourse>();
  for (const study of due.flatMap(({ studies }) => studies))
    for (const { idnumber, create } of coursesOf(study, bindings, defaultRole))
      if (idnumber && !named.get(idnumber)?.create) named.set(idnumber, { idnumber, ...(create && { create }) });
  return [...named.values()];
}

export function begun(
  { moodleUserId, studies }: AccountDue,
  known: Account | undefined,
  bindings: Bindings,
  find: FindCourse,
  { roles, defaultRole }: EnrolmentRules,
): AccountInWork {
  const desired = desiredOf(studies, bindings, defaultRole, find);
  const wanted = new Map<number, { roleIds: readonly number[]; begin?: number; end?: number }>();
  const refused = new Map<number, Failure>();
  for (const { courseId, roles: names, begin, end } of desired.courses.values()) {
    const unknown = names.find((name) => roles[name] === undefined);
    if (unknown !== undefined) refused.set(courseId, roleUnknown(unknown));
    else {
      const roleIds = [...new Set(names.map((name) => roles[name]!))].sort((a, b) => a - b);
      wanted.set(courseId, { roleIds, begin, end });
    }
  }
  return {
    ...{ moodleUserId, studies, desired, wanted, refused },
    enrolments: known?.enrolments ?? new Map(),
    memberships: known?.memberships ?? new Map(),
    fresh: !known && studies.some((study) => study.accountCreated),
    changes: [],
    done: new Set(),
    confirmed: new Set(),
    missing: false,
    unseen: new Map(),
    held: new Map(),
    // The page is begun even for nobody's courses: the account is fresh but once.
    touched: !known,
  };
}

/** Courses to look into. What was released may have been held for days: it is looked at anew. */
export function coursesToLookInto({ enrolments, wanted, fresh, held }: AccountInWork, removal: Removal): number[] {
  const released = [...held].flatMap(([courseId, { decision }]) =>
    decision === 'released' && !wanted.has(courseId) && enrolments.get(courseId)?.made ? [courseId] : [],
  );
  return [...new Set([...coursesToRead(enrolments, wanted, fresh, removal), ...released])];
}

/** After looking into these courses. */
export function lookedInto(work: AccountInWork, courses: readonly number[], { found, closed }: Answers): AccountInWork {
  if (courses.length === 0) return work;
  const read = courses.filter((courseId) => !closed.has(courseId));
  const { entries, confirmed } = afterReading(work.enrolments, read, found.get(work.moodleUserId) ?? new Map());
  return {
    ...work,
    enrolments: entries,
    unseen: new Map([...work.enrolments].filter(([courseId, entry]) => entry.noted && closed.has(courseId))),
    confirmed: new Set([...work.confirmed, ...confirmed]),
    touched: true,
  };
}

/** With all that differs from what is wanted. */
export const planned = (work: AccountInWork, removal: Removal): AccountInWork => ({
  ...work,
  changes: changesOf(work.enrolments, work.wanted, removal),
});

const isSuspension = ({ kind }: Change): boolean => kind === 'suspended';

export const leavingOf = ({ moodleUserId, changes }: AccountInWork): Leaving[] =>
  changes.filter(isSuspension).map(({ courseId }) => ({ userId: moodleUserId, courseId }));

/** Without the suspensions that are to wait. */
export const admitted = (work: AccountInWork, mayGo: ReadonlySet<string>): AccountInWork => ({
  ...work,
  changes: work.changes.filter(
    (change) =>
      !isSuspension(change) || mayGo.has(leavingKey({ userId: work.moodleUserId, courseId: change.courseId })),
  ),
});

/** With the changes noted in its page. */
export function withNotes(work: AccountInWork): AccountInWork {
  const enrolments = afterNoting(work.enrolments, work.changes, work.wanted);
  const differs = work.changes.length > 0 || enrolments.size !== work.enrolments.size;
  return { ...work, enrolments, touched: work.touched || differs };
}

/** After the call that enrols. */
export function enrolled(work: AccountInWork, { done, refused, missing }: Enrolled): AccountInWork {
  const after = afterEnrolling(work.enrolments, done, [...refused.keys()]);
  // Nobody could look there, so what was noted before may stand yet.
  const stillUnseen = [...work.unseen].filter(([courseId]) => refused.has(courseId));
  return {
    ...work,
    missing,
    done: new Set([...work.done, ...done]),
    refused: new Map([...work.refused, ...refused]),
    enrolments: new Map([...after, ...stillUnseen]),
  };
}

/** Held suspensions that are over: what was released and has been done, and anything of an account that is gone. */
export const noLongerHeld = ({ moodleUserId, held, missing, done }: AccountInWork): Leaving[] =>
  [...held.keys()]
    .filter((courseId) => missing || done.has(courseId))
    .map((courseId) => ({ userId: moodleUserId, courseId }));
