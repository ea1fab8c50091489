import type { ToldAccount } from '#contracts';
import { accountContent } from '../rules/account-content.js';
import type { AccountSettings } from '../rules/settings.js';
import type { AccountInWork } from '../account/account-in-work.js';

/** What the account is to be: of an active person whose account stands, on a repetition as at first. */
export function toldAccount(
  { person: { key, source, account }, end, row }: AccountInWork,
  settings: AccountSettings,
): ToldAccount | undefined {
  const username = row?.username ?? account?.username;
  if (source === undefined || username === undefined || end?.how === 'failed') return undefined;
  const wanted = accountContent(settings, key, source, username);
  if ('failure' in wanted) return undefined;
  const { idnumber, email, shown } = wanted.content;
  const { lastname, firstname, city, country } = shown;
  return {
    ...{ idnumber, username, auth: settings.auth, lastname, firstname, email },
    ...(city && { city }),
    ...(country && { country }),
  };
}
