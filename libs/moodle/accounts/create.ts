import { z } from 'zod';
import type { Failure } from '#contracts';
import { bisect } from '#platform';
import { MoodleOutage, MoodleRefusal, type MoodleTemporary } from '../errors.js';
import { accountUnreadable, emailTaken, usernameTaken } from '../failures/of-accounts.js';
import { byRecord, isConflict, refusedByDatabase } from '../failures/of-the-database.js';
import { noMoodleAnswer, refused } from '../failures/of-the-site.js';
import { inBatches, partlyDone } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import { countLeaves } from '../transport/form.js';
import { bisectedBatches } from '../transport/metrics.js';
import type { MoodleUser, NewAccount, Refused, Settled } from '../types.js';
import { accountForm } from './account-form.js';
import { probeInstalled } from './installed.js';
import { holderOfEmail, usersByField } from './look-up.js';
import { faultIn } from './validate.js';

type Made = Settled<{ id: number }>;
const name = 'core_user_create_users';
const createdSchema = z.array(z.looseObject({ id: z.int(), username: z.string() }));
/** Beyond it a call gains nothing and rolls back more when one record is bad. */
const mostPerCall = 150;

/** One transaction per call. What is refused is taken apart until each bad account has its own cause. */
export async function createAccounts(caller: Caller, accounts: readonly NewAccount[]): Promise<Made[]> {
  const results = new Map<NewAccount, Made>();
  const good = withoutRepetitions(accounts, results);
  const batching = {
    budget: caller.budget,
    leavesOf: (account: NewAccount) => countLeaves(accountForm(account)),
    most: mostPerCall,
    width: caller.options.concurrency,
  };
  await inBatches(good, batching, async (batch) => {
    try {
      const made = await create(caller, batch);
      batch.forEach((account, index) => results.set(account, made[index] as Made));
    } catch (error) {
      if (!(error instanceof MoodleRefusal) && !isConflict(error)) throw error;
      for (const [account, result] of await partlyDone(takeApart(caller, batch, error))) results.set(account, result);
    }
    return batch;
  });
  return accounts.map((account) => results.get(account) as Made);
}

/** Two of one call with the same username: the first is tried. Equal addresses are for the site to judge. */
function withoutRepetitions(accounts: readonly NewAccount[], results: Map<NewAccount, Made>): NewAccount[] {
  const usernames = new Set<string>();
  return accounts.filter((account) => {
    const failure = faultIn(account) ?? (usernames.has(account.username) ? usernameTaken() : undefined);
    if (failure) results.set(account, { failure });
    else usernames.add(account.username);
    return !failure;
  });
}

async function create(caller: Caller, batch: readonly NewAccount[]): Promise<{ ok: { id: number } }[]> {
  // Opposite orders of the same usernames deadlock, and the address is not unique in the database.
  const keys = batch.flatMap(({ username, email }) => [`username:${username}`, `email:${email.toLowerCase()}`]);
  const made = await caller.call(name, { users: batch.map(accountForm) }, createdSchema, keys);
  const ids = new Map(made.map(({ id, username }) => [username, id]));
  return batch.map(({ username }) => {
    const id = ids.get(username);
    // Fewer came back than were sent: whoever looks next finds those that were made.
    if (id === undefined) throw new MoodleOutage(noMoodleAnswer('shape', 200), false);
    return { ok: { id } };
  });
}

/**
 * Moodle says only that something is wrong. Cheapest first: is a plugin missing (nobody's fault)? Are usernames or
 * addresses taken? Only what is refused after that is bisected.
 */
async function takeApart(
  caller: Caller,
  batch: readonly NewAccount[],
  refusal: MoodleRefusal | MoodleTemporary,
): Promise<Map<NewAccount, Made>> {
  bisectedBatches.inc({ system: caller.options.system, function: name });
  if (!(refusal instanceof MoodleRefusal)) return bisected(caller, batch, { error: refusal }, false);
  const settings = new Map(batch.map(({ auth, lang }) => [`${auth}\n${lang}`, { auth, ...(lang && { lang }) }]));
  for (const setting of settings.values()) await probeInstalled(caller, setting);

  const holders = await holdersOf(caller, batch);
  const results = new Map<NewAccount, Made>();
  for (const account of batch) {
    const holder = holders.ofUsername(account);
    if (holder)
      results.set(account, holder === 'unreadable' ? { failure: accountUnreadable() } : heldBy(holder, usernameTaken));
  }
  const suspects = batch.filter((account) => !results.has(account) && holders.ofEmail(account));
  const equalAddresses = await settleEqualAddresses(caller, suspects, holders.ofEmail, results);

  const rest = batch.filter((account) => !results.has(account));
  const known = results.size === 0 ? { error: refusal } : undefined;
  for (const [account, result] of await bisected(caller, rest, known, equalAddresses)) results.set(account, result);
  return results;
}

async function bisected(
  caller: Caller,
  batch: readonly NewAccount[],
  known: { error: unknown } | undefined,
  equalAddresses: boolean,
): Promise<Map<NewAccount, Made>> {
  const results = new Map<NewAccount, Made>();
  const { attempt, isDivisible } = byRecord((some: readonly NewAccount[]) => create(caller, some));
  for (const part of await bisect(batch, attempt, isDivisible, known)) {
    if ('result' in part) results.set(part.item, part.result);
    else if (part.error instanceof MoodleRefusal)
      results.set(part.item, await explain(caller, part.item, part.error, equalAddresses));
    else results.set(part.item, { failure: refusedByDatabase(part.item, 'student') });
  }
  return results;
}

const isRefusal = (error: unknown): boolean => error instanceof MoodleRefusal;

async function holdersOf(caller: Caller, batch: readonly NewAccount[]) {
  const usernames = batch.map(({ username }) => username);
  const addresses = batch.flatMap(({ email }) => [email, email.toLowerCase()]);
  const [byName, byAddress] = await Promise.all([
    usersByField(caller, 'username', usernames),
    usersByField(caller, 'email', addresses),
  ]);
  const names = new Map<string, MoodleUser | 'unreadable'>(byName.users.map((user) => [user.username, user]));
  for (const { value } of byName.unreadable) names.set(value, 'unreadable');
  const emails = new Map(byAddress.users.map((user) => [user.email.toLowerCase(), user]));
  return {
    ofUsername: ({ username }: NewAccount) => names.get(username),
    ofEmail: ({ email }: NewAccount) => emails.get(email.toLowerCase()),
  };
}

/**
 * An address that another has is a fault only where the site does not allow equal ones, and only one of the suspects
 * is needed to learn that. True: this site allows them.
 */
async function settleEqualAddresses(
  caller: Caller,
  [first, ...others]: readonly NewAccount[],
  holderOf: (account: NewAccount) => MoodleUser | undefined,
  results: Map<NewAccount, Made>,
): Promise<boolean> {
  if (!first) return false;
  try {
    results.set(first, (await create(caller, [first]))[0] as Made);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const account of [first, ...others]) results.set(account, heldBy(holderOf(account) as MoodleUser, emailTaken));
    return false;
  }
}

const heldBy = (
  { id, idnumber }: MoodleUser,
  failure: (holder: { id: number; idnumber: string }) => Failure,
): Refused => ({ failure: failure({ id, idnumber }), holder: { id, idnumber } });

/** The last guess: the address is held in another case, or by one of the same call. */
async function explain(
  caller: Caller,
  account: NewAccount,
  refusal: MoodleRefusal,
  equalAddresses: boolean,
): Promise<Refused> {
  const holder = equalAddresses ? undefined : await holderOfEmail(caller, account.email);
  return holder ? heldBy(holder, emailTaken) : { failure: refused(refusal.errorcode) };
}
