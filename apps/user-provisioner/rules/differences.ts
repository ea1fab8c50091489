import { hiddenHash, type AccountContent } from './account-content.js';
import { shownFields } from './account-fields.js';
import type { AccountChange, FoundAccount } from '../moodle/accounts.js';

/** What the toolkit wrote last, as its ledger knows it; undefined where it never wrote. */
export interface Written {
  email?: string;
  hiddenHash?: string;
}

/**
 * What has to be written so that the account shows the content; undefined when nothing has. Only what differs is sent:
 * Moodle writes and tells its observers even of a change that changes nothing.
 *
 * The address is the person's own to change in Moodle: it is written again only when the template makes another one
 * than last time, or when there is none.
 */
export function differences(content: AccountContent, found: FoundAccount, written: Written): AccountChange | undefined {
  const change: AccountChange = { id: found.id };
  if (found.idnumber !== content.idnumber) change.idnumber = content.idnumber;
  for (const field of shownFields) {
    const wanted = content.shown[field];
    if (wanted !== undefined && wanted !== found[field]) change[field] = wanted;
  }
  const profile = Object.entries(content.profile).filter(([name, wanted]) => wanted !== (found.profile[name] ?? ''));
  if (profile.length > 0) change.profile = Object.fromEntries(profile);
  const emailMoved = written.email !== undefined && written.email !== content.email;
  if ((emailMoved || found.email === '') && content.email !== found.email.toLowerCase()) change.email = content.email;
  if (mustWriteHidden(content, written)) {
    Object.assign(change, content.hidden.fields);
    if (Object.keys(content.hidden.preferences).length > 0) change.preferences = content.hidden.preferences;
  }
  return Object.keys(change).length > 1 ? change : undefined;
}

/** Into an account that the toolkit has not written yet, empty values are not written: they would clear what stands. */
function mustWriteHidden({ hidden }: AccountContent, written: Written): boolean {
  if (written.hiddenHash !== undefined) return written.hiddenHash !== hiddenHash(hidden);
  return [...Object.values(hidden.fields), ...Object.values(hidden.preferences)].some((value) => value !== '');
}
