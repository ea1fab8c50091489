import type { DataSource } from 'typeorm';
import type { MoodleClient, MoodleClients } from '#moodle';
import { hasFile, hasMoodle, PerSystem, type Configuration, type SystemConfiguration } from '#platform';
import { AccountPass } from './account/account-pass.js';
import { Enroller, type EnrollerOptions } from './enroller.js';
import { GroupPass } from './account/group-pass.js';
import { CoursesFile } from './file/courses/courses-file.js';
import { FileEnrolments, roleIdsOf } from './file/file-enrolments.js';
import { FileGroups } from './file/file-groups.js';
import { FileLedger } from './ledger/file-ledger.js';
import { Ledger } from './ledger/ledger.js';
import type { Enrolments } from './moodle/enrolments.js';
import type { Groups } from './moodle/groups.js';
import { MoodleEnrolments } from './moodle/moodle-enrolments.js';
import { MoodleGroups } from './moodle/moodle-groups.js';
import { raiseHeldRemovals } from './removals/held.js';
import { RemovalBrake } from './removals/brake.js';
import { RemovalLedger } from './ledger/removal-ledger.js';

export type EnrollerRules = Pick<SystemConfiguration, 'id' | 'period' | 'accounts' | 'enrolment'>;

/** How one system's Moodle is reached. */
interface Way extends Pick<EnrollerOptions, 'keepPersons'> {
  enrolments: Enrolments;
  groups: Groups;
  /** What stands for a role: its number in Moodle, or the role type of the format. */
  roles: Record<string, number>;
}

export const byCalls = (
  moodle: MoodleClient,
  roles: Record<string, number>,
  newCourseCategory: number | undefined,
  now: () => number = Date.now,
): Way => ({
  enrolments: new MoodleEnrolments(moodle, newCourseCategory, now),
  groups: new MoodleGroups(moodle),
  roles,
});

export function byFile(
  dataSource: DataSource,
  system: string,
  roles: Record<string, string>,
  courses: CoursesFile,
): Way {
  const ledger = new FileLedger(dataSource, system);
  return {
    enrolments: new FileEnrolments(ledger, courses),
    groups: new FileGroups(ledger),
    roles: roleIdsOf(roles),
    keepPersons: (persons) => ledger.keepPersons(persons),
  };
}

/** The enroller of one system, put together. */
export function enrollerOf(
  { id, period, accounts, enrolment }: EnrollerRules,
  dataSource: DataSource,
  { enrolments, groups, roles, keepPersons }: Way,
  now: () => number = Date.now,
): Enroller {
  const ledger = new Ledger(dataSource, id);
  const { removal, grouping, role } = enrolment;
  const groupPass = new GroupPass(ledger, groups, grouping, removal);
  const rules = { roles, defaultRole: role, removal };
  const raise = () => raiseHeldRemovals(id, dataSource);
  const brake = removal === 'keep' ? undefined : new RemovalBrake(new RemovalLedger(dataSource, id), raise, now);
  return new Enroller({
    system: id,
    period,
    per: accounts.per,
    ledger,
    accountPass: new AccountPass(ledger, enrolments, groupPass, rules, brake),
    ...(keepPersons && { keepPersons }),
    now,
  });
}

/** The enrollers of all systems. */
export class Enrollers extends PerSystem<Enroller> {
  constructor({ systems }: Configuration, dataSource: DataSource, clients: MoodleClients) {
    super(systems, (system) => enrollerOf(system, dataSource, wayOf(system, dataSource, clients)));
  }
}

function wayOf(system: SystemConfiguration, dataSource: DataSource, clients: MoodleClients): Way {
  if (hasFile(system)) {
    const { roles, coursesFile } = system.imsFile;
    return byFile(dataSource, system.id, roles, new CoursesFile(coursesFile));
  }
  if (hasMoodle(system)) return byCalls(clients.of(system.id), system.moodle.roles, system.enrolment.newCourseCategory);
  throw new Error(`the system ${system.id} has neither moodle nor imsFile`);
}
