import type { Failure, StudentChanged } from '#contracts';
import { accountContent, contentHash, hiddenHash, type AccountContent } from './account-content.js';
import type { AccountChange, FoundAccount, NewAccount } from './accounts.js';
import { differences } from './differences.js';
import { usernameEmpty } from './failures.js';
import type { KnownAccount, Noted } from './ledger.js';
import { valuesWith } from './missing-names.js';
import type { PersonCase } from './person-case.js';
import type { AccountSettings } from './settings.js';
import { usernameFor } from './username.js';

/** How the work on one person ended. */
export type Fate =
  | { did: 'unchanged' | 'updated' | 'created' | 'found'; id?: number }
  | { did: 'failed'; failure: Failure; error?: unknown };

/** The work on one person's account, as far as it has come. */
export interface Work {
  of: PersonCase;
  fate?: Fate;
  /** To be written to Moodle. */
  create?: { account: NewAccount; noted: Noted; isNoted: boolean };
  change?: AccountChange;
  /** What the ledger is to hold when the deed is done. */
  row?: KnownAccount;
}

const fail = (work: Work, failure: Failure): void => {
  work.fate = { did: 'failed', failure };
};

/** Ends what can be ended without Moodle: nothing to change, nobody active, nothing that an account could be made of. */
export function begin(work: Work, settings: AccountSettings): void {
  const { source, account, mustLookUp, key } = work.of;
  if (source === undefined) {
    // A making that was noted and has no answer may have brought an account into being.
    if (!mustLookUp && !account?.noted)
      work.fate = { did: 'unchanged', ...(account?.moodleUserId !== undefined && { id: account.moodleUserId }) };
    return;
  }
  const wanted = accountContent(settings, key, source, account?.username ?? 'unknown');
  if ('failure' in wanted) return fail(work, wanted.failure);
  if (mustLookUp || account?.moodleUserId === undefined) return;
  if (contentHash(wanted.content) === account.contentHash) work.fate = { did: 'unchanged', id: account.moodleUserId };
}

/** The person's account was found in Moodle: what differs there? */
export function goOnWith(work: Work, found: FoundAccount, settings: AccountSettings): void {
  const { source, account, key } = work.of;
  const known = isSame(account, found) ? account : undefined;
  if (source === undefined) {
    work.fate = { did: 'unchanged', id: found.id };
    if (account) work.row = { ...account, key, moodleUserId: found.id, noted: false };
    return;
  }
  const username = found.username || (account?.username ?? '');
  const wanted = accountContent(settings, key, source, username);
  if ('failure' in wanted) return fail(work, wanted.failure);
  const { content } = wanted;
  const change = differences(content, found, {
    ...(known && { email: known.email }),
    ...(known?.hiddenHash !== undefined && { hiddenHash: known.hiddenHash }),
  });
  work.row = { ...rowOf(key, username, content), moodleUserId: found.id, base: known?.base, password: known?.password };
  // What stands where a making was noted without an answer is ours: the answer was lost after the deed.
  const ours = account?.noted && known;
  if (change) work.change = change;
  work.fate = { did: ours ? 'created' : change ? 'updated' : 'found', id: found.id };
}

/** Does the ledger's account, made or noted, mean the one that was found? */
const isSame = (account: KnownAccount | undefined, found: FoundAccount): boolean =>
  account !== undefined &&
  (account.moodleUserId === undefined
    ? account.noted && account.username === found.username
    : account.moodleUserId === found.id);

/** No account carries the person's key. Answers what their username is to be made from; undefined: none is to be made. */
export function baseFor(work: Work, settings: AccountSettings): string | undefined {
  const { source, account } = work.of;
  if (source === undefined) {
    work.fate = { did: 'unchanged' };
    if (account) work.row = { ...account, moodleUserId: undefined, noted: false };
    return undefined;
  }
  const base = baseOf(source, settings);
  if (base === '') fail(work, usernameEmpty);
  return base || undefined;
}

export const baseOf = (source: Pick<StudentChanged, 'person' | 'study'>, settings: AccountSettings): string =>
  usernameFor(settings.username, valuesWith(settings.missingNames, source));

export interface Passwords {
  /** The initial password: the one noted before where there is one, else a new one. */
  for(key: string, noted: string | undefined): { plain: string; sealed: string } | undefined;
}

/** An account is to be made under this username: what is to be sent, and noted before. */
export function make(
  work: Work,
  username: string,
  base: string,
  settings: AccountSettings,
  passwords: Passwords,
): void {
  const { source, account, key } = work.of;
  const wanted = accountContent(settings, key, source!, username);
  if ('failure' in wanted) return fail(work, wanted.failure);
  const { content } = wanted;
  const kept = account?.noted ? account : undefined;
  const password = passwords.for(key, kept?.password);
  const noted: Noted = {
    ...rowOf(key, username, content),
    ...(!settings.usernameFromCode && { base }),
    ...(password && { password: password.sealed }),
  };
  const same = (name: 'username' | 'base' | 'email' | 'password' | 'hiddenHash'): boolean =>
    kept?.[name] === noted[name];
  const isNoted = same('username') && same('base') && same('email') && same('password') && same('hiddenHash');
  work.create = { account: newAccount(content, username, settings, password?.plain), noted, isNoted };
  work.row = { ...noted, noted: true, contentHash: contentHash(content) };
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
