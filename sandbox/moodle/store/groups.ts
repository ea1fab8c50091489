import type { Transactions } from './transaction.js';

export interface Group {
  readonly id: number;
  readonly courseid: number;
  name: string;
  idnumber: string;
  description: string;
  readonly members: Set<number>;
}

export class Groups {
  private readonly byId = new Map<number, Group>();
  private readonly byCourse = new Map<number, Set<Group>>();
  private lastId = 0;

  constructor(private readonly transactions: Transactions) {}

  get(id: number): Group | undefined {
    return this.byId.get(id);
  }

  all(): IterableIterator<Group> {
    return this.byId.values();
  }

  get size(): number {
    return this.byId.size;
  }

  inCourse(courseid: number): Iterable<Group> {
    return this.byCourse.get(courseid) ?? [];
  }

  insert(given: { courseid: number; name: string; idnumber?: string; description?: string }): Group {
    const group: Group = {
      id: ++this.lastId,
      courseid: given.courseid,
      name: given.name,
      idnumber: given.idnumber ?? '',
      description: given.description ?? '',
      members: new Set(),
    };
    this.byId.set(group.id, group);
    const course = this.byCourse.get(group.courseid);
    if (course) course.add(group);
    else this.byCourse.set(group.courseid, new Set([group]));
    this.transactions.note(() => this.remove(group));
    return group;
  }

  remove(group: Group): void {
    this.byId.delete(group.id);
    this.byCourse.get(group.courseid)?.delete(group);
  }

  /** @returns whether the user was not a member before. */
  addMember(group: Group, userid: number): boolean {
    if (group.members.has(userid)) return false;
    group.members.add(userid);
    this.transactions.note(() => group.members.delete(userid));
    return true;
  }

  removeMember(group: Group, userid: number): boolean {
    if (!group.members.delete(userid)) return false;
    this.transactions.note(() => group.members.add(userid));
    return true;
  }

  /** Leaving a course ends membership of its groups. */
  leaveCourse(courseid: number, userid: number): void {
    for (const group of this.inCourse(courseid)) this.removeMember(group, userid);
  }
}
