import { tidyText, type Failure } from '#contracts';
import * as fault from '../failures/of-accounts.js';
import type { AccountChange, NewAccount } from '../types.js';

/** Column widths of Moodle's user table, in characters (not in UTF-16 units). */
const widths: Record<string, number> = {
  ...{ username: 100, firstname: 100, lastname: 100, email: 100, idnumber: 255 },
  ...{ middlename: 255, alternatename: 255, department: 255, institution: 255, address: 255 },
  ...{ city: 120, phone1: 20, phone2: 20 },
};

/** Moodle strips a tag, sees that the value changed, and refuses: < followed by anything but a blank. */
const tag = /<(?!\s)/;
const control = /[\u0000-\u001f\u007f]/;

/** Half a surrogate pair is no character: it would arrive as another one. */
export const isUnicode = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** The alphabet without `extendedusernamechars`, which is how Moodle comes. */
export const isUsername = (text: string): boolean => /^[a-z0-9._@-]{1,100}$/.test(text);

/** As Moodle judges: ASCII, a dot in the domain (so no localhost); `.invalid` is allowed, and never mailed. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const labels = text.slice(at + 1).split('.');
  return (
    at > 0 &&
    local.length <= 64 &&
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) &&
    labels.length > 1 &&
    labels.every((label) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label))
  );
}

/** What Moodle would refuse for its form, found without asking it. */
export function faultIn(account: NewAccount | AccountChange): Failure | undefined {
  for (const field of ['username', 'firstname', 'lastname', 'email'] as const) {
    const value = account[field];
    if (value === undefined && 'id' in account) continue;
    if (value === undefined || tidyText(value) === '') return fault.fieldEmpty(field);
  }
  for (const [field, most] of Object.entries(widths)) {
    const value = account[field as keyof typeof account] as string | undefined;
    if (value === undefined) continue;
    if ([...value].length > most) return fault.fieldTooLong(field, most);
    if (field !== 'username' && field !== 'email' && (control.test(value) || tag.test(value) || !isUnicode(value))) {
      return fault.fieldIllegal(field);
    }
  }
  if (account.username !== undefined && !isUsername(account.username)) return fault.usernameInvalid();
  if (account.email !== undefined && !isEmail(account.email)) return fault.emailInvalid();
  // Moodle silently puts the default of the site in place of a country it does not know.
  if (account.country && !/^[A-Z]{2}$/.test(account.country)) return fault.countryInvalid();
  return undefined;
}
