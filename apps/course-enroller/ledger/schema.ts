import { AccountRow } from './entities/accounts.js';
import { BindingRow } from './entities/bindings.js';
import { FileMembershipRow } from './entities/file-memberships.js';
import { FilePersonRow } from './entities/file-persons.js';
import { FileStateRow } from './entities/file-states.js';
import { GroupRow } from './entities/groups.js';
import { RemovalRow } from './entities/removals.js';
import { HeldRemovalRow } from './entities/removals-held.js';
import { StudyRow } from './entities/studies.js';
import { StudiesBindingsAccounts1763750000000 } from './migrations/1763750000000-studies-bindings-accounts.js';
import { Removals1790000500000 } from './migrations/1790000500000-removals.js';
import { ImsFile1790001100000 } from './migrations/1790001100000-ims-file.js';
import { Roles1790000800000 } from './migrations/1790000800000-roles.js';
import { StudyFailed1790000600000 } from './migrations/1790000600000-study-failed.js';
import { MissingAccount1790000700000 } from './migrations/1790000700000-missing-account.js';

export const schema = {
  schema: 'course_enroller',
  entities: [
    StudyRow,
    BindingRow,
    AccountRow,
    GroupRow,
    RemovalRow,
    HeldRemovalRow,
    FilePersonRow,
    FileMembershipRow,
    FileStateRow,
  ],
  migrations: [
    StudiesBindingsAccounts1763750000000,
    Removals1790000500000,
    StudyFailed1790000600000,
    MissingAccount1790000700000,
    Roles1790000800000,
    ImsFile1790001100000,
  ],
};
