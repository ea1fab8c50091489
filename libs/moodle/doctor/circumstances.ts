import type { MoodleSystem } from '#platform';
import type { Witness } from '../types.js';

/** What the doctor is told of the system it examines. What is absent is not examined, and the doctor says so. */
export interface Circumstances {
  /** Role ids by shortname, as configured. */
  roles: Record<string, number>;
  auth: string;
  lang?: string;
  grouping: 'none' | 'group' | 'cohort';
  adopt: 'none' | 'username';
  /** Where missing courses are made; absent: nowhere. */
  newCourseCategory?: number;
  /** A course that students are to be enrolled in. */
  courseId?: number;
  /** An account known to exist, with an idnumber. */
  witness?: Witness;
  /** Accounts the toolkit would look for or make: idnumber = person key. */
  expected?: readonly { username: string; idnumber: string }[];
}

/** As configured. */
export const circumstancesOf = ({
  moodle,
  accounts,
  enrolment,
}: Pick<MoodleSystem, 'moodle' | 'accounts' | 'enrolment'>): Circumstances => ({
  roles: moodle.roles,
  auth: accounts.auth,
  ...(accounts.lang !== undefined && { lang: accounts.lang }),
  grouping: enrolment.grouping,
  adopt: accounts.adopt,
  ...(enrolment.newCourseCategory !== undefined && { newCourseCategory: enrolment.newCourseCategory }),
});
