import type { Wanted } from './desired.js';

/** An enrolment as it is in Moodle. Times are unix seconds, 0 = none. */
export interface Standing {
  roleId: number;
  begin: number;
  end: number;
  suspended: boolean;
}

/**
 * What the ledger knows of one account in one course.
 * `is`: made by us and standing so. `to`: noted before the deed, result unknown. `theirs`: found there, made by others.
 */
export interface Entry {
  is?: Standing;
  to?: Standing;
  /** A change was lost on the way, and Moodle does not show all of it: sent anew. Roles that may be held besides. */
  unsure?: number[];
  theirs?: true;
}
export type Entries = ReadonlyMap<number, Entry>;

/** What was read in Moodle of one account in one course. */
export interface Found {
  roleIds: number[];
  /** Absent where it was not asked. */
  suspended?: boolean;
}

export type Deed = 'enrolled' | 'updated' | 'suspended';

export interface Change {
  courseId: number;
  to: Standing;
  deed: Deed;
  /** Roles to take away once the new one is given. */
  formerRoleIds?: number[];
}

export type Removal = 'keep' | 'suspend';
export type WantedCourses = ReadonlyMap<number, Pick<Wanted, 'begin' | 'end'> & { roleId: number }>;

const same = (a: Standing, b: Standing): boolean =>
  a.roleId === b.roleId && a.begin === b.begin && a.end === b.end && a.suspended === b.suspended;

/**
 * Courses in which must be looked before anything is written: those noted without a result, and, unless the account
 * is fresh, those of which the ledger knows nothing (a teacher may have enrolled the student by hand).
 */
export function coursesToRead(entries: Entries, wanted: WantedCourses, fresh: boolean, removal: Removal): number[] {
  const open = [...entries].filter(([id, entry]) => entry.to && (wanted.has(id) || removal === 'suspend'));
  const unknown = fresh ? [] : [...wanted.keys()].filter((id) => !entries.has(id));
  return [...open.map(([id]) => id), ...unknown].sort((a, b) => a - b);
}

const settled = (entry: Entry, found: Found | undefined): { entry?: Entry; confirmed: boolean } => {
  const { is, to } = entry;
  if (!found || (!to && !is)) return { confirmed: false };
  if (!to)
    return { entry: { ...entry, is: { ...is!, suspended: found.suspended ?? is!.suspended } }, confirmed: false };
  if (!is) return { entry: { is: to }, confirmed: true };
  // Moodle shows no times: a change of times that was lost on the way can be neither confirmed nor ruled out.
  if (!entry.unsure && is.begin === to.begin && is.end === to.end) {
    const has = (roleId: number) => found.roleIds.includes(roleId);
    const oneRole = is.roleId === to.roleId || has(is.roleId) !== has(to.roleId);
    const roleDone = is.roleId === to.roleId || has(to.roleId);
    const stateDone = found.suspended === to.suspended;
    if (oneRole && roleDone && stateDone) return { entry: { is: to }, confirmed: true };
    const roleLeft = is.roleId === to.roleId || has(is.roleId);
    if (oneRole && roleLeft && found.suspended === is.suspended) return { entry: { is }, confirmed: false };
  }
  const roles = [is.roleId, to.roleId, ...(entry.unsure ?? [])].filter((id) => found.roleIds.includes(id));
  return {
    entry: { is: { ...to, suspended: found.suspended ?? to.suspended }, unsure: [...new Set(roles)] },
    confirmed: false,
  };
};

/**
 * The ledger after a look into Moodle. What was noted and stands is ours: the answer was lost after the deed.
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

const towards = (is: Standing, wanted: { roleId: number; begin?: number; end?: number }): Standing => ({
  roleId: wanted.roleId,
  begin: wanted.begin ?? is.begin,
  end: wanted.end ?? is.end,
  suspended: false,
});

/** The true differences, sorted by course. What others made is never among them, nor what stands as wanted. */
export function changesOf(entries: Entries, wanted: WantedCourses, removal: Removal): Change[] {
  const changes: Change[] = [];
  for (const [courseId, want] of wanted) {
    const entry = entries.get(courseId);
    if (entry?.theirs) continue;
    if (!entry?.is) {
      const to = towards({ roleId: 0, begin: 0, end: 0, suspended: false }, want);
      changes.push({ courseId, to, deed: 'enrolled' });
      continue;
    }
    const to = towards(entry.is, want);
    if (same(entry.is, to) && !entry.unsure) continue;
    const former = [...new Set([entry.is.roleId, ...(entry.unsure ?? [])])].filter((id) => id !== to.roleId);
    changes.push({
      courseId,
      to,
      deed: entry.is.suspended ? 'enrolled' : 'updated',
      ...(former.length > 0 && { formerRoleIds: former }),
    });
  }
  if (removal === 'suspend') {
    for (const [courseId, { is }] of entries) {
      if (is && !is.suspended && !wanted.has(courseId))
        changes.push({ courseId, to: { ...is, suspended: true }, deed: 'suspended' });
    }
  }
  return changes.sort((a, b) => a.courseId - b.courseId);
}

/** The note before the deed. What others made in a course no longer wanted is forgotten, to be looked at anew. */
export function noted(entries: Entries, changes: readonly Change[], wanted: WantedCourses): Map<number, Entry> {
  const after = new Map([...entries].filter(([id, entry]) => !entry.theirs || wanted.has(id)));
  for (const { courseId, to } of changes) after.set(courseId, { ...after.get(courseId), to });
  return after;
}

/** The record after the deed. What was refused stands as it stood. */
export function recorded(entries: Entries, done: readonly number[], refused: readonly number[]): Map<number, Entry> {
  const after = new Map(entries);
  for (const id of done) after.set(id, { is: after.get(id)!.to! });
  for (const id of refused) {
    const { is, unsure } = after.get(id) ?? {};
    if (is) after.set(id, { is, ...(unsure && { unsure }) });
    else after.delete(id);
  }
  return after;
}
