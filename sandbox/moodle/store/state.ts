import { Cohorts } from './cohorts.js';
import { Counters } from './counters.js';
import { Courses } from './courses.js';
import { Enrolments } from './enrolments.js';
import { Groups } from './groups.js';
import { Transactions } from './transaction.js';
import { type User, Users } from './users.js';

/** Roles of a fresh Moodle. */
export const roleShortnames: ReadonlyMap<number, string> = new Map([
  [1, 'manager'],
  [2, 'coursecreator'],
  [3, 'editingteacher'],
  [4, 'teacher'],
  [5, 'student'],
  [6, 'guest'],
  [7, 'user'],
]);

export const guestId = 1;
export const adminId = 2;
export const serviceAccountId = 3;

/** Everything the site holds. */
export class SandboxState {
  readonly transactions = new Transactions();
  readonly users = new Users(this.transactions);
  readonly courses = new Courses(this.transactions);
  readonly enrolments = new Enrolments(this.transactions);
  readonly groups = new Groups(this.transactions);
  readonly cohorts = new Cohorts(this.transactions);
  counters = new Counters();

  constructor() {
    const email = (name: string) => `${name}@sandbox.invalid`;
    this.users.insert({ username: 'guest', firstname: 'Guest user', lastname: ' ', email: email('guest') });
    this.users.insert({ username: 'admin', firstname: 'Admin', lastname: 'User', email: email('admin') });
    this.users.insert({ username: 'ws_sync', firstname: 'Web', lastname: 'Service', email: email('ws_sync') });
  }

  get sharedUserCollisions(): number {
    return this.counters.sharedUserCollisions;
  }

  /** Adds courses numbered after those that are there: C2, C3, ... with idnumbers of the same text. */
  addCourses(count: number): void {
    for (let i = 0; i < count; i++) {
      const id = this.courses.nextId;
      this.courses.insert({ shortname: `C${id}`, fullname: `Course ${id}`, idnumber: `C${id}` });
    }
  }

  /** As an administrator's deletion does it: enrolments, groups and cohorts go, the row stays. */
  deleteUser(user: User): void {
    for (const enrolment of [...this.enrolments.ofUser(user.id)]) {
      this.enrolments.remove(enrolment.courseid, user.id);
      this.groups.leaveCourse(enrolment.courseid, user.id);
    }
    for (const cohort of this.cohorts.all()) this.cohorts.removeMember(cohort, user.id);
    this.users.markDeleted(user);
  }

  /** As SQL or another plugin may leave an account: look-ups that match it fail whole. */
  poison(user: User, how: 'username' | 'auth' | 'name'): void {
    if (how === 'username') this.users.update(user, { username: `${user.username} ИВАН` });
    else if (how === 'auth') this.users.update(user, { auth: 'uninstalled' });
    else this.users.update(user, { firstname: `<b>${user.firstname}</b>` });
  }
}
