export interface FunctionCount {
  /** Calls that reached Moodle, also those it refused. */
  calls: number;
  /** Records they carried (users, enrolments, members, values looked up). */
  records: number;
  /** Calls it refused. */
  refused: number;
}

/** What was done to the site since the last reset. */
export class Counters {
  /** By function name. */
  readonly functions: Record<string, FunctionCount> = {};
  /** Calls that ended without Moodle's own answer (switches and faults), by kind. */
  readonly faults: Record<string, number> = {};
  usersCreated = 0;
  /** Records of core_user_update_users that changed no value. */
  noopUpdates = 0;
  /** Enrolments sent again that changed nothing. */
  noopEnrolments = 0;
  /** Unenrolments of somebody not enrolled. */
  noopUnenrolments = 0;
  noopMemberships = 0;
  welcomeMessages = 0;
  passwordMails = 0;
  /** Pairs of enrolment calls in flight together that named the same user. */
  sharedUserCollisions = 0;
  /** Pairs of calls in flight together that took the same rows in opposite order. */
  orderCollisions = 0;
  deadlocks = 0;
  truncatedCalls = 0;
  inFlight = 0;
  mostInFlight = 0;

  of(name: string): FunctionCount {
    return (this.functions[name] ??= { calls: 0, records: 0, refused: 0 });
  }

  get calls(): number {
    let sum = 0;
    for (const one of Object.values(this.functions)) sum += one.calls;
    return sum;
  }
}
