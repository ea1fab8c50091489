export type { EnterpriseRecord } from './model.js';
export { DamagedFileError } from './reading/faults.js';
