import type { Failure } from '#contracts';

/** The answer for one record of a call: whole-call faults (outage, temporary, configuration) are thrown instead. */
export type Settled<T> = { ok: T } | Refused;
export interface Refused {
  failure: Failure;
  /** Who holds the username or the address, where that is the cause. */
  holder?: { id: number; idnumber: string };
}

/** What `core_webservice_get_site_info` tells. */
export interface SiteInfo {
  sitename: string;
  /** wwwroot as Moodle has it. */
  siteurl: string;
  /** The service account. */
  userid: number;
  username: string;
  userissiteadmin: boolean;
  /** `4.5.5+ (Build: 20250613)` */
  release: string;
  /** `2024100705.01`: YYYYMMDDRR.XX of the branch. */
  version: string;
  /** Functions of this token's service. */
  functions: string[];
}

/** An account as Moodle shows it; what it leaves out is an empty string. `middlename` is never shown. */
export interface MoodleUser {
  id: number;
  /** Empty when the capability `moodle/user:viewalldetails` is missing. */
  username: string;
  idnumber: string;
  firstname: string;
  lastname: string;
  fullname: string;
  email: string;
  auth: string;
  lang: string;
  suspended: boolean;
  department: string;
  institution: string;
  city: string;
  country: string;
  phone1: string;
  phone2: string;
  address: string;
  /** Custom profile fields by shortname; an empty one is absent. */
  profile: Record<string, string>;
  /** Moodle returns deleted accounts when asked by id, under a mangled username and without idnumber. */
  deleted: boolean;
}

/** The fields both creating and updating may set. An empty string clears a field; absent leaves it. */
export interface AccountFields {
  middlename?: string;
  lang?: string;
  department?: string;
  institution?: string;
  city?: string;
  country?: string;
  phone1?: string;
  phone2?: string;
  address?: string;
  alternatename?: string;
  /** Custom profile fields by shortname. Moodle silently ignores a shortname it does not know. */
  profile?: Record<string, string>;
  preferences?: Record<string, string>;
}

export interface NewAccount extends AccountFields {
  username: string;
  firstname: string;
  lastname: string;
  email: string;
  idnumber: string;
  auth: string;
  /** Absent for a single sign-on plugin that holds the password itself. */
  password?: string;
}

/** Only what differs: Moodle writes and tells observers even of changes that change nothing. */
export interface AccountChange extends AccountFields {
  id: number;
  username?: string;
  firstname?: string;
  lastname?: string;
  email?: string;
  idnumber?: string;
  auth?: string;
  suspended?: boolean;
}

/** Times in unix seconds, always sent: left out, Moodle would reset them. 0 = none. */
export interface ManualEnrolment {
  courseId: number;
  roleId: number;
  timestart: number;
  timeend: number;
  suspend: boolean;
}

export interface StudentEnrolments {
  userId: number;
  enrolments: ManualEnrolment[];
}

/** A role held in one course. */
export interface CourseRole {
  userId: number;
  courseId: number;
  roleId: number;
}

export interface EnrolmentOutcome {
  userId: number;
  /** Course ids, in the order asked. */
  done: number[];
  refused: { courseId: number; failure: Failure }[];
}

/**
 * An account known to exist, asked for along with every look-up: when a capability is taken away from the service
 * account, look-ups turn silently empty, and everybody would be created a second time.
 */
export interface Witness {
  id: number;
  username: string;
  idnumber: string;
  email?: string;
}

export type UserKey = 'id' | 'idnumber' | 'username' | 'email';

export interface UserLookup {
  /** Found accounts; the witness is among them only when it was asked for by itself. */
  users: MoodleUser[];
  /** Asked-for values whose account exists but cannot be read: neither found nor free. */
  unreadable: { value: string; failure: Failure }[];
  /** The witness is gone or has other keys by now, though look-ups work: choose another one. */
  staleWitness: boolean;
}

export interface MoodleCourse {
  id: number;
  shortname: string;
  fullname: string;
  /** Absent when the capability `moodle/course:update` is missing. */
  idnumber?: string;
  categoryId: number;
  visible: boolean;
  /** Enabled enrolment methods (`manual`, `self`, ...); undefined where this Moodle does not show them. */
  enrolmentMethods?: string[];
}

export interface NewCourse {
  idnumber: string;
  shortname: string;
  fullname: string;
  categoryId: number;
}

export interface Participant {
  userId: number;
  roles: { id: number; shortname: string }[];
  groupIds: number[];
}

export interface MoodleGroup {
  id: number;
  courseId: number;
  name: string;
  idnumber: string;
}
export interface NewGroup {
  courseId: number;
  name: string;
  /** May be empty. */
  idnumber: string;
}
export interface GroupMember {
  groupId: number;
  userId: number;
}

export interface MoodleCohort {
  id: number;
  name: string;
  idnumber: string;
}
export interface CohortMember {
  cohortId: number;
  userId: number;
}
