export { DamagedFileError } from './reading/faults.js';
export { readStream } from './reading/read.js';
export {
  type EnterpriseRecord,
  type Group,
  type Membership,
  type Person,
  type Roletype,
  type Timeframe,
} from './model.js';
