import type { DataSource } from 'typeorm';
import type { MoodleClient, MoodleClients } from '#moodle';
import { PerSystem, type Configuration, type SystemConfiguration } from '#platform';
import { AccountPass } from './account/account-pass.js';
import { Enroller } from './enroller.js';
import { GroupPass } from './account/group-pass.js';
import { Ledger } from './ledger/ledger.js';
import { MoodleEnrolments } from './moodle/moodle-enrolments.js';
import { MoodleGroups } from './moodle/moodle-groups.js';
import { raiseHeldRemovals } from './removals/held.js';
import { RemovalBrake } from './removals/brake.js';
import { RemovalLedger } from './ledger/removal-ledger.js';

export type EnrollerRules = Pick<SystemConfiguration, 'id' | 'period' | 'accounts' | 'enrolment'> & {
  moodle: Pick<SystemConfiguration['moodle'], 'roles'>;
};

/** The enroller of one system, put together. */
export function enrollerOf(
  { id, period, accounts, enrolment, moodle: { roles } }: EnrollerRules,
  dataSource: DataSource,
  moodle: MoodleClient,
  now: () => number = Date.now,
): Enroller {
  const ledger = new Ledger(dataSource, id);
  const { removal, grouping, role, newCourseCategory } = enrolment;
  const groupPass = new GroupPass(ledger, new MoodleGroups(moodle), grouping, removal);
  const rules = { roles, defaultRole: role, removal };
  const raise = () => raiseHeldRemovals(id, dataSource);
  const brake = removal === 'keep' ? undefined : new RemovalBrake(new RemovalLedger(dataSource, id), raise, now);
  return new Enroller({
    system: id,
    period,
    per: accounts.per,
    ledger,
    accountPass: new AccountPass(ledger, new MoodleEnrolments(moodle, newCourseCategory, now), groupPass, rules, brake),
    now,
  });
}

/** The enrollers of all systems. */
export class Enrollers extends PerSystem<Enroller> {
  constructor({ systems }: Configuration, dataSource: DataSource, clients: MoodleClients) {
    super(systems, (system) => enrollerOf(system, dataSource, clients.of(system.id)));
  }
}
