import type { Failure } from '#contracts';
import type { GroupName } from '../rules/grouping.js';

export interface Member {
  group: GroupName;
  groupId: number;
  userId: number;
}

/** Groups of courses and cohorts of the site (course 0). What concerns a whole call is thrown. */
export interface Groups {
  /** Their numbers, by groupKey; made where there is none of this name. */
  ensure(groups: readonly GroupName[]): Promise<{ ids: Map<string, number>; refused: Map<string, Failure> }>;
  /** User ids of everybody who is in some group of these courses. */
  grouped(courseIds: readonly number[]): Promise<Map<number, ReadonlySet<number>>>;
  /** User ids of the members, by groupKey. */
  members(groups: readonly { group: GroupName; groupId: number }[]): Promise<Map<string, Set<number>>>;
  /** Same order; undefined: done. */
  add(members: readonly Member[]): Promise<(Failure | undefined)[]>;
  remove(members: readonly Member[]): Promise<(Failure | undefined)[]>;
}
