import type { SynchronizationError } from '#contracts';
import { MoodleMisconfigured, MoodleOutage, MoodleRefusal, MoodleTemporary } from '../../errors.js';
import * as fault from '../../failures/of-the-site.js';
import type { WebServiceException } from './answer.js';
import { capabilityNamed } from './capability.js';

const accountStates = new Set([
  'wsaccessusersuspended',
  'wsaccessuserunconfirmed',
  'wsaccessuserdeleted',
  'wsaccessuserexpired',
  'wsaccessusernologin',
  'usernotfullysetup',
  'forcepasswordchangenotice',
  'sitepolicynotagreed',
]);

/** A course, group or function that is not there; since 5.1, a user too. Before, `invaliduser` says that it is a user. */
export const isUnknownRecord = (errorcode: string): boolean =>
  errorcode === 'invalidrecord' || errorcode === 'invalidrecordunknown';

/** What an exception means when nothing but the called function is known. The message itself goes no further. */
export function classify(
  { errorcode, exceptionClass, message }: WebServiceException,
  name: string,
): SynchronizationError {
  if (errorcode === 'sitemaintenance') return new MoodleOutage(fault.maintenance(), false);
  if (errorcode === 'upgraderunning') return new MoodleOutage(fault.upgrade(), false);
  if (errorcode === 'invalidtoken') return new MoodleMisconfigured(fault.badToken());
  if (errorcode === 'accessexception') return new MoodleMisconfigured(fault.accessRefused());
  if (errorcode === 'restrictedcontextexception' || errorcode === 'servicenotavailable') {
    return new MoodleMisconfigured(fault.accessRefused());
  }
  if (accountStates.has(errorcode)) return new MoodleMisconfigured(fault.serviceAccountState(errorcode));
  if (errorcode === 'nopermissions' || exceptionClass === 'required_capability_exception') {
    return new MoodleMisconfigured(fault.capabilityMissing(capabilityNamed(message, name)));
  }
  if (errorcode === 'wsusercannotassign') {
    return new MoodleMisconfigured(fault.roleNotAssignable(/\((\d+)\)/.exec(message)?.[1] ?? '?'));
  }
  // A table name is not localised: this is how Moodle says that it has no such function.
  if (isUnknownRecord(errorcode) && message.includes('external_functions')) {
    return new MoodleMisconfigured(fault.functionMissing(name));
  }
  // The one errorcode that is a localised text: what the password lacks.
  if (errorcode.startsWith('<')) return new MoodleMisconfigured(fault.passwordPolicy());
  if (/^dml(write|read|transaction)exception$/.test(errorcode)) return new MoodleTemporary(fault.databaseConflict());
  return new MoodleRefusal(fault.refused(errorcode), fault.plainCode(errorcode));
}
