import type { MoodleVersion } from '../switches/switches.js';

/** A refusal as Moodle words it. `debuginfo` reaches the caller only where debugging is on. */
export class MoodleError extends Error {
  constructor(
    readonly exceptionClass: string,
    readonly errorcode: string | undefined,
    message: string,
    readonly debuginfo?: string,
    /** Errors before the account is known never carry debuginfo. */
    readonly beforeLogin = false,
  ) {
    super(message);
  }
}

const core = (name: string): string => `core\\exception\\${name}`;

export const moodleError = (errorcode: string, message = `error/${errorcode}`, debuginfo?: string): MoodleError =>
  new MoodleError(core('moodle_exception'), errorcode, message, debuginfo);

export const invalidParameter = (debuginfo: string): MoodleError =>
  new MoodleError(
    core('invalid_parameter_exception'),
    'invalidparameter',
    'Invalid parameter value detected',
    debuginfo,
  );

export const invalidResponse = (debuginfo: string): MoodleError =>
  new MoodleError(core('invalid_response_exception'), 'invalidresponse', 'Invalid response value detected', debuginfo);

export const codingError = (why: string): MoodleError =>
  new MoodleError(
    core('coding_exception'),
    'codingerror',
    `Coding error detected, it must be fixed by a programmer: ${why}`,
  );

/** Since 5.1 Moodle no longer says of which table the record is. */
export function asVersionSays(error: MoodleError, version: MoodleVersion): MoodleError {
  const silent = error.exceptionClass === missingRecordException && version !== '4.1' && version !== '4.5';
  return silent
    ? new MoodleError(missingRecordException, 'invalidrecordunknown', "Can't find data record in database.")
    : error;
}

const missingRecordException = 'dml_missing_record_exception';

export const missingRecord = (table: string): MoodleError =>
  new MoodleError(missingRecordException, 'invalidrecord', `Can't find data record in database table ${table}.`);

export const invalidUser = (): MoodleError => new MoodleError(missingRecordException, 'invaliduser', 'Invalid user');

export const writeError = (debuginfo: string): MoodleError =>
  new MoodleError('dml_write_exception', 'dmlwriteexception', 'Error writing to database', debuginfo);

export const noPermissions = (what: string): MoodleError =>
  new MoodleError(
    core('required_capability_exception'),
    'nopermissions',
    `Sorry, but you do not currently have permissions to do that (${what}).`,
  );

export const requireLogin = (): MoodleError =>
  new MoodleError(core('require_login_exception'), 'requireloginerror', 'Course or activity not accessible.');

export const accessException = (debuginfo: string): MoodleError =>
  new MoodleError('webservice_access_exception', 'accessexception', 'Access control exception', debuginfo);

export const invalidToken = (): MoodleError =>
  new MoodleError(core('moodle_exception'), 'invalidtoken', 'Invalid token - token not found', undefined, true);

/** A PHP error nobody caught: no error code at all. */
export const phpError = (message: string): MoodleError => new MoodleError('Error', undefined, message);
