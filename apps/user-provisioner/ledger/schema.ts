import { AccountRow } from './entities/accounts.js';
import { StudyRow } from './entities/studies.js';
import { AccountsAndStudies1790000000000 } from './migrations/1790000000000-accounts-and-studies.js';
import { FileAccounts1790001100000 } from './migrations/1790001100000-file-accounts.js';

export const schema = {
  schema: 'user_provisioner',
  entities: [AccountRow, StudyRow],
  migrations: [AccountsAndStudies1790000000000, FileAccounts1790001100000],
};
