import { PhpArray } from '../protocol/form.js';
import type { RestCall } from '../protocol/call.js';
import type { CostModel } from './switches.js';

/** The list that holds a function's records, by function name. */
const recordLists: Readonly<Record<string, string>> = {
  core_user_create_users: 'users',
  core_user_update_users: 'users',
  core_user_get_users_by_field: 'values',
  core_user_get_users: 'criteria',
  core_user_delete_users: 'userids',
  enrol_manual_enrol_users: 'enrolments',
  enrol_manual_unenrol_users: 'enrolments',
  core_role_assign_roles: 'assignments',
  core_role_unassign_roles: 'unassignments',
  core_course_create_courses: 'courses',
  core_course_update_courses: 'courses',
  core_course_create_categories: 'categories',
  core_group_create_groups: 'groups',
  core_group_add_group_members: 'members',
  core_group_delete_group_members: 'members',
  core_group_get_group_members: 'groupids',
  core_cohort_create_cohorts: 'cohorts',
  core_cohort_add_cohort_members: 'members',
  core_cohort_delete_cohort_members: 'members',
  core_cohort_get_cohort_members: 'cohortids',
};

/** Calls of these flag users as dirty for one another, and deadlock over them. */
const enrolling = new Set([
  'enrol_manual_enrol_users',
  'enrol_manual_unenrol_users',
  'core_role_assign_roles',
  'core_role_unassign_roles',
]);

/** Rows that calls lock one after the other: function -> the key that names the row. */
const locking: Readonly<Record<string, string>> = {
  core_user_create_users: 'username',
  core_group_add_group_members: 'groupid',
  core_group_delete_group_members: 'groupid',
};

function recordsOf(call: RestCall): PhpArray | undefined {
  const held = call.args.get(recordLists[call.name] ?? '');
  return held instanceof PhpArray ? held : undefined;
}

/** Records the call carries; a call without a list of them carries one. */
export const countRecords = (call: RestCall): number => recordsOf(call)?.size ?? 1;

/** Milliseconds of a worker's time. */
export function costOf(call: RestCall, cost: CostModel): number {
  const records = recordsOf(call)?.size ?? 0;
  if (call.name === 'core_user_create_users') return cost.callMs + records * cost.createdUserMs;
  if (call.name === 'enrol_manual_enrol_users') return cost.callMs + records * cost.enrolmentMs;
  return cost.callMs;
}

function keysOf(call: RestCall, key: string): Set<string> {
  const keys = new Set<string>();
  for (const record of recordsOf(call)?.values() ?? []) {
    const value = record instanceof PhpArray ? record.get(key) : undefined;
    if (typeof value === 'string') keys.add(value);
  }
  return keys;
}

interface Flight {
  readonly users: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
  readonly rowKind: string | undefined;
}

/** Calls between arrival and answer. */
export class InFlight {
  private readonly flights = new Set<Flight>();

  get size(): number {
    return this.flights.size;
  }

  /** @returns how often the new call meets others over a user, or over rows in opposite order. */
  enter(call: RestCall): { flight: Flight; shared: number; crossed: number } {
    const rowKind = locking[call.name];
    const flight: Flight = {
      users: enrolling.has(call.name) ? keysOf(call, 'userid') : new Set(),
      rows: rowKind === undefined ? new Set() : keysOf(call, rowKind),
      rowKind,
    };
    let shared = 0;
    let crossed = 0;
    for (const other of this.flights) {
      if (flight.users.size > 0 && overlaps(flight.users, other.users)) shared++;
      if (rowKind !== undefined && rowKind === other.rowKind && crosses(flight.rows, other.rows)) crossed++;
    }
    this.flights.add(flight);
    return { flight, shared, crossed };
  }

  leave(flight: Flight): void {
    this.flights.delete(flight);
  }
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const one of small) if (large.has(one)) return true;
  return false;
}

/** Whether two calls take some rows of both in different order. */
function crosses(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (!overlaps(a, b)) return false;
  const place = new Map([...b].map((row, index) => [row, index]));
  let last = -1;
  for (const row of a) {
    const at = place.get(row);
    if (at === undefined) continue;
    if (at < last) return true;
    last = at;
  }
  return false;
}

/** PHP's workers: a call takes the one that is free first. */
export class Workers {
  private freeAt: number[] = [];

  /** @returns milliseconds from `now` until the call is done. */
  take(now: number, costMs: number, workers: number): number {
    if (this.freeAt.length !== workers) this.freeAt = Array.from({ length: workers }, (_, i) => this.freeAt[i] ?? 0);
    let first = 0;
    for (let i = 1; i < workers; i++) if (this.freeAt[i]! < this.freeAt[first]!) first = i;
    const done = Math.max(now, this.freeAt[first]!) + costMs;
    this.freeAt[first] = done;
    return done - now;
  }
}
