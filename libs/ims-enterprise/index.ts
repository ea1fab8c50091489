export {
  roletypes,
  type EnterpriseRecord,
  type Group,
  type Membership,
  type Moment,
  type Person,
  type Problem,
  type Properties,
  type Recstatus,
  type Roletype,
  type Sourcedid,
  type Timeframe,
} from './model.js';
export { DamagedFileError } from './reading/faults.js';
export { readFile, readStream } from './reading/read.js';
export { ended, endAfter, madeAndChanged } from './writing/for-moodle.js';
export { NotWritableError, plainText } from './writing/text.js';
export {
  writeEnterprise,
  type Enterprise,
  type WrittenGroup,
  type WrittenMembership,
  type WrittenPerson,
  type WrittenProperties,
} from './writing/write.js';
