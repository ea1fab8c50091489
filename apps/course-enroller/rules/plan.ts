import type { Wanted } from './desired.js';

/** An enrolment as it is in Moodle. Times are unix seconds, 0 = none. */
export interface Standing {
  /** Sorted. */
  roleIds: readonly number[];
  begin: number;
  end: number;
  suspended: boolean;
}

/** What the ledger knows of one account in one course. */
export interface Entry {
  /** Made by us and standing so. */
  made?: Standing;
  /** Noted before the call that makes it so; its result is not known. */
  noted?: Standing;
  /** A change was lost on the way, and Moodle does not show all of it: sent anew. Roles that may be held besides. */
  unsure?: number[];
  /** Found there, made by others. */
  theirs?: true;
}
export type Entries = ReadonlyMap<number, Entry>;

/** What was read in Moodle of one account in one course. */
export interface Found {
  roleIds: number[];
  /** Absent where it was not asked. */
  suspended?: boolean;
}

export interface Change {
  courseId: number;
  kind: 'enrolled' | 'updated' | 'suspended';
  to: Standing;
  /** Roles to be sent: those that are new, or any one where only times or the suspension change. */
  giveRoleIds: readonly number[];
  /** Roles to take away once the new ones are given. */
  formerRoleIds?: number[];
}

export type Removal = 'keep' | 'suspend';
export type WantedCourses = ReadonlyMap<number, Pick<Wanted, 'begin' | 'end'> & { roleIds: readonly number[] }>;

const without = (some: readonly number[], others: readonly number[]): number[] =>
  some.filter((id) => !others.includes(id));
const sameTerms = (a: Standing, b: Standing): boolean =>
  a.begin === b.begin && a.end === b.end && a.suspended === b.suspended;
const sameRoles = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && without(a, b).length === 0;

/**
 * Courses in which must be looked before anything is written: those noted without a result, and, unless the account
 * is fresh, those of which the ledger knows nothing (a teacher may have enrolled the student by hand).
 */
export function coursesToRead(entries: Entries, wanted: WantedCourses, fresh: boolean, removal: Removal): number[] {
  const open = [...entries].filter(([id, entry]) => entry.noted && (wanted.has(id) || removal === 'suspend'));
  const unknown = fresh ? [] : [...wanted.keys()].filter((id) => !entries.has(id));
  return [...open.map(([id]) => id), ...unknown].sort((a, b) => a - b);
}

const settled = (entry: Entry, found: Found | undefined): { entry?: Entry; confirmed: boolean } => {
  const { made, noted } = entry;
  if (!found || (!noted && !made)) return { confirmed: false };
  if (!noted)
    return { entry: { ...entry, made: { ...made!, suspended: found.suspended ?? made!.suspended } }, confirmed: false };
  if (!made) return { entry: { made: noted }, confirmed: true };
  // Moodle shows no times: a change of times that was lost on the way can be neither confirmed nor ruled out.
  if (!entry.unsure && made.begin === noted.begin && made.end === noted.end) {
    const [given, taken] = [without(noted.roleIds, made.roleIds), without(made.roleIds, noted.roleIds)];
    const all = (roleIds: number[]) => without(roleIds, found.roleIds).length === 0;
    const none = (roleIds: number[]) => !roleIds.some((id) => found.roleIds.includes(id));
    if (all(given) && none(taken) && found.suspended === noted.suspended)
      return { entry: { made: noted }, confirmed: true };
    if (all(taken) && none(given) && found.suspended === made.suspended) return { entry: { made }, confirmed: false };
  }
  const roles = [...made.roleIds, ...noted.roleIds, ...(entry.unsure ?? [])].filter((id) => found.roleIds.includes(id));
  return {
    entry: { made: { ...noted, suspended: found.suspended ?? noted.suspended }, unsure: [...new Set(roles)] },
    confirmed: false,
  };
};

/**
 * The ledger after a look into Moodle. What was noted and stands is ours: the answer was lost.
 * What stands and was never noted belongs to others.
 */
export function afterReading(
  entries: Entries,
  read: readonly number[],
  found: ReadonlyMap<number, Found>,
): { entries: Map<number, Entry>; confirmed: number[] } {
  const after = new Map(entries);
  const confirmed: number[] = [];
  for (const id of read) {
    const entry = entries.get(id);
    if (!entry) {
      if (found.has(id)) after.set(id, { theirs: true });
      continue;
    }
    const result = settled(entry, found.get(id));
    if (result.entry) after.set(id, result.entry);
    else after.delete(id);
    if (result.confirmed) confirmed.push(id);
  }
  return { entries: after, confirmed };
}

const nothing: Standing = { roleIds: [], begin: 0, end: 0, suspended: false };

const towards = (before: Standing, wanted: { roleIds: readonly number[]; begin?: number; end?: number }): Standing => ({
  roleIds: wanted.roleIds,
  begin: wanted.begin ?? before.begin,
  end: wanted.end ?? before.end,
  suspended: false,
});

/** Moodle keeps times and suspension once for all roles of a person in a course: one of them carries a change. */
function toGive(made: Standing, to: Standing): readonly number[] {
  const fresh = without(to.roleIds, made.roleIds);
  return fresh.length > 0 || sameTerms(made, to) ? fresh : to.roleIds.slice(0, 1);
}

/** The true differences, sorted by course. What others made is never among them, nor what stands as wanted. */
export function changesOf(entries: Entries, wanted: WantedCourses, removal: Removal): Change[] {
  const changes: Change[] = [];
  for (const [courseId, want] of wanted) {
    const { made, theirs, unsure = [] } = entries.get(courseId) ?? {};
    if (theirs) continue;
    if (!made) {
      const to = towards(nothing, want);
      changes.push({ courseId, kind: 'enrolled', to, giveRoleIds: to.roleIds });
      continue;
    }
    const to = towards(made, want);
    const isSure = !entries.get(courseId)!.unsure;
    if (isSure && sameTerms(made, to) && sameRoles(made.roleIds, to.roleIds)) continue;
    const former = [...new Set(without([...made.roleIds, ...unsure], to.roleIds))];
    changes.push({
      courseId,
      kind: made.suspended ? 'enrolled' : 'updated',
      to,
      giveRoleIds: isSure ? toGive(made, to) : to.roleIds,
      ...(former.length > 0 && { formerRoleIds: former }),
    });
  }
  if (removal === 'suspend') {
    for (const [courseId, { made, unsure }] of entries) {
      if (!made || made.suspended || wanted.has(courseId)) continue;
      const former = without(unsure ?? [], made.roleIds);
      changes.push({
        courseId,
        kind: 'suspended',
        to: { ...made, suspended: true },
        giveRoleIds: unsure ? made.roleIds : made.roleIds.slice(0, 1),
        ...(former.length > 0 && { formerRoleIds: former }),
      });
    }
  }
  return changes.sort((a, b) => a.courseId - b.courseId);
}

/** The note before the call. What others made in a course no longer wanted is forgotten, to be looked at anew. */
export function afterNoting(entries: Entries, changes: readonly Change[], wanted: WantedCourses): Map<number, Entry> {
  const after = new Map([...entries].filter(([id, entry]) => !entry.theirs || wanted.has(id)));
  for (const { courseId, to } of changes) after.set(courseId, { ...after.get(courseId), noted: to });
  return after;
}

/** The record after the call. What was refused stands as it stood. */
export function afterEnrolling(
  entries: Entries,
  done: readonly number[],
  refused: readonly number[],
): Map<number, Entry> {
  const after = new Map(entries);
  for (const id of done) after.set(id, { made: after.get(id)!.noted! });
  for (const id of refused) {
    const { made, unsure } = after.get(id) ?? {};
    if (made) after.set(id, { made, ...(unsure && { unsure }) });
    else after.delete(id);
  }
  return after;
}
