import type { StudentChanged } from '#contracts';
import { failed, type AccountStep } from './account-in-work.js';
import type { PersonCase } from '../intake/person-case.js';
import type { KnownAccount, Noted } from '../ledger/known.js';
import type { FoundAccount, NewAccount } from '../moodle/accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import { accountContent, contentHash, hiddenHash, type AccountContent } from '../rules/account-content.js';
import { differences } from '../rules/differences.js';
import { usernameEmpty } from '../rules/failures.js';
import { valuesWith } from '../rules/template/missing-names.js';
import type { AccountSettings } from '../rules/settings.js';
import { usernameFor } from '../rules/username/username.js';

const unchanged = (id: number | undefined): AccountStep => ({
  end: { how: 'unchanged', ...(id !== undefined && { id }) },
});

/** Ends what can be ended without Moodle: nothing to change, nobody active, nothing that an account could be made of. */
export function begin({ source, account, mustLookUp, key }: PersonCase, settings: AccountSettings): AccountStep {
  const id = account?.moodleUserId;
  // A making that was noted and has no answer may have brought an account into being.
  if (source === undefined) return mustLookUp || account?.noted ? {} : unchanged(id);
  const wanted = accountContent(settings, key, source, account?.username ?? 'unknown');
  if ('failure' in wanted) return failed(wanted.failure);
  if (mustLookUp || account === undefined || id === undefined) return {};
  return contentHash(wanted.content) === account.contentHash ? unchanged(id) : {};
}

/** The person's account was found in Moodle: what differs there? */
export function goOnWith(
  { source, account, key }: PersonCase,
  found: FoundAccount,
  settings: AccountSettings,
): AccountStep {
  const known = isSame(account, found) ? account : undefined;
  if (source === undefined)
    return {
      ...unchanged(found.id),
      ...(account && { row: { ...account, key, moodleUserId: found.id, noted: false } }),
    };
  const username = found.username || (account?.username ?? '');
  const wanted = accountContent(settings, key, source, username);
  if ('failure' in wanted) return failed(wanted.failure);
  const { content } = wanted;
  const change = differences(content, found, {
    ...(known && { email: known.email }),
    ...(known?.hiddenHash !== undefined && { hiddenHash: known.hiddenHash }),
  });
  // What stands where a making was noted without an answer is ours: the answer was lost after the deed.
  const ours = account?.noted && known;
  return {
    end: { how: ours ? 'created' : change ? 'updated' : 'found', id: found.id },
    ...(change && { change }),
    row: { ...rowOf(key, username, content), moodleUserId: found.id, base: known?.base, password: known?.password },
  };
}

/** Does the ledger's account, made or noted, mean the one that was found? */
const isSame = (account: KnownAccount | undefined, found: FoundAccount): boolean =>
  account !== undefined &&
  (account.moodleUserId === undefined
    ? account.noted && account.username === found.username
    : account.moodleUserId === found.id);

/** No account carries the person's key: nobody active needs one, and a name must be left to make a username from. */
export function withoutAccount({ source, account }: PersonCase, settings: AccountSettings): AccountStep {
  if (source === undefined)
    return { ...unchanged(undefined), ...(account && { row: { ...account, moodleUserId: undefined, noted: false } }) };
  return baseOf(source, settings) === '' ? failed(usernameEmpty) : {};
}

/** What a username is made from. */
export const baseOf = (source: Pick<StudentChanged, 'person' | 'study'>, settings: AccountSettings): string =>
  usernameFor(settings.username, valuesWith(settings.missingNames, source));

/** An account is to be made under this username: what is to be sent, and noted before. */
export function make(
  { source, account, key }: PersonCase,
  username: string,
  settings: AccountSettings,
  passwords: Passwords,
): AccountStep {
  const wanted = accountContent(settings, key, source!, username);
  if ('failure' in wanted) return failed(wanted.failure);
  const { content } = wanted;
  const kept = account?.noted ? account : undefined;
  const password = passwords.for(key, kept?.password);
  const row = {
    ...rowOf(key, username, content),
    ...(!settings.usernameFromCode && { base: baseOf(source!, settings) }),
    ...(password && { password: password.sealed }),
  };
  const noted: Noted = row;
  const same = (name: 'username' | 'base' | 'email' | 'password' | 'hiddenHash'): boolean =>
    kept?.[name] === noted[name];
  const isNoted = same('username') && same('base') && same('email') && same('password') && same('hiddenHash');
  return {
    create: { account: newAccount(content, username, settings, password?.plain), noted, isNoted },
    row: { ...row, noted: true },
  };
}

function newAccount(
  content: AccountContent,
  username: string,
  { auth, lang }: AccountSettings,
  password: string | undefined,
): NewAccount {
  const filled = (fields: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const profile = filled(content.profile);
  const preferences = {
    ...filled(content.hidden.preferences),
    ...(password !== undefined && { auth_forcepasswordchange: '1' }),
  };
  const { firstname, lastname, ...rest } = content.shown;
  return {
    username,
    firstname,
    lastname,
    ...filled({ ...rest, ...content.hidden.fields }),
    email: content.email,
    idnumber: content.idnumber,
    auth,
    ...(lang !== undefined && { lang }),
    ...(password !== undefined && { password }),
    ...(Object.keys(profile).length > 0 && { profile }),
    ...(Object.keys(preferences).length > 0 && { preferences }),
  };
}

const rowOf = (key: string, username: string, content: AccountContent) => ({
  key,
  username,
  email: content.email,
  noted: false,
  hiddenHash: hiddenHash(content.hidden),
  contentHash: contentHash(content),
});
