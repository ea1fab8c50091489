import type { Transactions } from './transaction.js';

/** One user's enrolment in one course through one plugin, and the roles held there. */
export interface Enrolment {
  readonly courseid: number;
  readonly userid: number;
  /** Seconds; 0: no bound. */
  timestart: number;
  timeend: number;
  suspended: boolean;
  roles: readonly number[];
  /** `manual` is the only plugin that web services write; others stand for what Moodle did by itself. */
  plugin: string;
}

export interface EnrolmentTerms {
  readonly timestart: number;
  readonly timeend: number;
  readonly suspended: boolean;
}

/** Most enrolments hold one role: one list of it serves all. */
const single = new Map<number, readonly number[]>();
function rolesOf(roleid: number): readonly number[] {
  let roles = single.get(roleid);
  if (!roles) single.set(roleid, (roles = Object.freeze([roleid])));
  return roles;
}

export class Enrolments {
  private readonly byCourse = new Map<number, Map<number, Enrolment>>();
  private readonly byUser = new Map<number, Set<number>>();
  private count = 0;

  constructor(private readonly transactions: Transactions) {}

  get size(): number {
    return this.count;
  }

  get(courseid: number, userid: number): Enrolment | undefined {
    return this.byCourse.get(courseid)?.get(userid);
  }

  inCourse(courseid: number): Iterable<Enrolment> {
    return this.byCourse.get(courseid)?.values() ?? [];
  }

  countInCourse(courseid: number): number {
    return this.byCourse.get(courseid)?.size ?? 0;
  }

  *ofUser(userid: number): Iterable<Enrolment> {
    for (const courseid of this.byUser.get(userid) ?? []) yield this.byCourse.get(courseid)!.get(userid)!;
  }

  countOfUser(userid: number): number {
    return this.byUser.get(userid)?.size ?? 0;
  }

  *all(): Iterable<Enrolment> {
    for (const course of this.byCourse.values()) yield* course.values();
  }

  /** @returns what it did: a row made, a row changed, or nothing at all. */
  enrol(courseid: number, userid: number, roleid: number, terms: EnrolmentTerms): 'made' | 'changed' | 'same' {
    const held = this.get(courseid, userid);
    if (!held) {
      this.insert({ courseid, userid, ...terms, roles: rolesOf(roleid), plugin: 'manual' });
      return 'made';
    }
    const hasRole = held.roles.includes(roleid);
    if (
      hasRole &&
      held.timestart === terms.timestart &&
      held.timeend === terms.timeend &&
      held.suspended === terms.suspended
    ) {
      return 'same';
    }
    this.change(held, { ...terms, roles: hasRole ? held.roles : [...held.roles, roleid] });
    return 'changed';
  }

  insert(enrolment: Enrolment): void {
    const { courseid, userid } = enrolment;
    let course = this.byCourse.get(courseid);
    if (!course) this.byCourse.set(courseid, (course = new Map()));
    if (!course.has(userid)) this.count++;
    course.set(userid, enrolment);
    let courses = this.byUser.get(userid);
    if (!courses) this.byUser.set(userid, (courses = new Set()));
    courses.add(courseid);
    this.transactions.note(() => this.erase(courseid, userid));
  }

  change(enrolment: Enrolment, changes: Partial<Omit<Enrolment, 'courseid' | 'userid'>>): void {
    const before = { ...enrolment };
    Object.assign(enrolment, changes);
    this.transactions.note(() => Object.assign(enrolment, before));
  }

  /** @returns whether there was one. */
  remove(courseid: number, userid: number): boolean {
    const held = this.get(courseid, userid);
    if (!held) return false;
    this.erase(courseid, userid);
    this.transactions.note(() => this.insert(held));
    return true;
  }

  private erase(courseid: number, userid: number): void {
    if (!this.byCourse.get(courseid)?.delete(userid)) return;
    this.count--;
    const courses = this.byUser.get(userid)!;
    courses.delete(courseid);
    if (courses.size === 0) this.byUser.delete(userid);
  }
}

export const isActive = (enrolment: Enrolment, now: number): boolean =>
  !enrolment.suspended && enrolment.timestart <= now && (enrolment.timeend === 0 || enrolment.timeend > now);
