export { DamagedFileError } from './reading/faults.js';
export { readStream } from './reading/read.js';
export {
  roletypes,
  type EnterpriseRecord,
  type Group,
  type Membership,
  type Person,
  type Problem,
  type Roletype,
  type Timeframe,
} from './model.js';
