import { ChangeRow } from './entities/changes.js';
import { FileRow } from './entities/files.js';
import { GroupRow, MembershipRow, PersonRow } from './entities/known.js';
import { ProblemRow } from './entities/problems.js';
import { StagedRow } from './entities/staged.js';
import { StudentRow } from './entities/students.js';
import { SystemRow } from './entities/systems.js';
import { FilesAndWindow1790001000000 } from './migrations/1790001000000-files-and-window.js';

export const schema = {
  schema: 'ims_gateway',
  connections: 3,
  entities: [SystemRow, FileRow, ProblemRow, ChangeRow, StagedRow, GroupRow, PersonRow, MembershipRow, StudentRow],
  migrations: [FilesAndWindow1790001000000],
};
