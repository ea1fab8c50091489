export { DamagedFileError } from './reading/faults.js';
export { endAfter, ended, madeAndChanged } from './writing/for-moodle.js';
export { isWritable } from './writing/text.js';
export { writeEnterprise, type WrittenMembership, type WrittenPerson } from './writing/write.js';
export { readStream } from './reading/read.js';
export {
  type EnterpriseRecord,
  type Group,
  type Membership,
  type Person,
  type Roletype,
  type Timeframe,
} from './model.js';
