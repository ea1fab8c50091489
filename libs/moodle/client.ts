import type {
  AccountChange,
  CohortMember,
  EnrolmentOutcome,
  GroupMember,
  MoodleCohort,
  MoodleCourse,
  MoodleGroup,
  NewAccount,
  NewGroup,
  Participant,
  Settled,
  SiteInfo,
  StudentEnrolments,
  UserKey,
  UserLookup,
  Witness,
} from './types.js';

export interface MoodleClientOptions {
  /** System id: label of metrics and field of log lines. */
  system: string;
  /** wwwroot, without a slash at the end. */
  url: string;
  /** Read anew for every call, so that a changed token needs no restart. */
  token: () => string;
  maxInputVars: number;
  /** Calls in flight at a time. */
  concurrency: number;
  /** Milliseconds a call may take; 120 s unless given. */
  timeoutMs?: number;
  /** Milliseconds before a deadlocked call is repeated; about half a second unless given. */
  deadlockPauseMs?: number;
  log?: { warn(text: string, fields?: Record<string, unknown>): void };
}

/** One per system and process: it keeps to `concurrency` and to `max_input_vars` by itself. Whole-call faults are thrown. */
export class MoodleClient {
  constructor(readonly options: MoodleClientOptions) {}

  /** The harmless probe; one attempt, 15 s at the most. */
  async siteInfo(): Promise<SiteInfo> {
    throw new Error('being written');
  }

  async usersByField(field: UserKey, values: readonly (string | number)[], witness?: Witness): Promise<UserLookup> {
    throw new Error(`being written ${field} ${values.length} ${witness?.id}`);
  }

  /** Same order as asked. One transaction per call: a refused batch is taken apart and the cause found. */
  async createAccounts(accounts: readonly NewAccount[]): Promise<Settled<{ id: number }>[]> {
    throw new Error(`being written ${accounts.length}`);
  }

  async updateAccounts(changes: readonly AccountChange[]): Promise<Settled<true>[]> {
    throw new Error(`being written ${changes.length}`);
  }

  /** Whole students per call, a student in one call at a time. Same order as asked. */
  async enrol(students: readonly StudentEnrolments[]): Promise<EnrolmentOutcome[]> {
    throw new Error(`being written ${students.length}`);
  }

  /** Who takes part in a course, by whatever method; `only` needs the capability moodle/course:enrolreview. */
  async enrolledIn(courseId: number, only?: 'active' | 'suspended'): Promise<Participant[]> {
    throw new Error(`being written ${courseId} ${only}`);
  }

  /** Active enrolments in courses that the service account may see; the rest is silently left out by Moodle. */
  async coursesOf(userId: number): Promise<{ id: number; idnumber: string }[]> {
    throw new Error(`being written ${userId}`);
  }

  /** Only those found. */
  async coursesById(ids: readonly number[]): Promise<MoodleCourse[]> {
    throw new Error(`being written ${ids.length}`);
  }
  async coursesByIdnumber(idnumbers: readonly string[]): Promise<MoodleCourse[]> {
    throw new Error(`being written ${idnumbers.length}`);
  }

  async groupsOf(courseId: number): Promise<MoodleGroup[]> {
    throw new Error(`being written ${courseId}`);
  }
  async createGroups(groups: readonly NewGroup[]): Promise<Settled<{ id: number }>[]> {
    throw new Error(`being written ${groups.length}`);
  }
  async groupMembers(groupIds: readonly number[]): Promise<{ groupId: number; userIds: number[] }[]> {
    throw new Error(`being written ${groupIds.length}`);
  }
  /** Adding a member who is one already does nothing. */
  async addGroupMembers(members: readonly GroupMember[]): Promise<Settled<true>[]> {
    throw new Error(`being written ${members.length}`);
  }
  async removeGroupMembers(members: readonly GroupMember[]): Promise<Settled<true>[]> {
    throw new Error(`being written ${members.length}`);
  }

  /** System cohorts by exact idnumber; only those found. */
  async cohortsByIdnumber(idnumbers: readonly string[]): Promise<MoodleCohort[]> {
    throw new Error(`being written ${idnumbers.length}`);
  }
  async createCohorts(cohorts: readonly { name: string; idnumber: string }[]): Promise<Settled<{ id: number }>[]> {
    throw new Error(`being written ${cohorts.length}`);
  }
  async cohortMembers(cohortIds: readonly number[]): Promise<{ cohortId: number; userIds: number[] }[]> {
    throw new Error(`being written ${cohortIds.length}`);
  }
  async addCohortMembers(members: readonly CohortMember[]): Promise<Settled<true>[]> {
    throw new Error(`being written ${members.length}`);
  }
  async removeCohortMembers(members: readonly CohortMember[]): Promise<Settled<true>[]> {
    throw new Error(`being written ${members.length}`);
  }

  /** Are the auth plugin and the language pack installed? Throws MoodleMisconfigured when one is not. Writes nothing. */
  async probeConfiguration(settings: { auth: string; lang?: string }): Promise<void> {
    throw new Error(`being written ${settings.auth}`);
  }
}
