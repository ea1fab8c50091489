import type { Failure } from '#contracts';
import { bisect } from '#platform';
import { MoodleRefusal } from '../errors.js';
import * as fault from '../failures/of-accounts.js';
import { refusedByDatabase } from '../failures/of-the-database.js';
import { refused } from '../failures/of-the-site.js';
import { inBatches } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import { countLeaves } from '../transport/form.js';
import { bisectedBatches } from '../transport/metrics.js';
import type { AccountChange, Refused, Settled } from '../types.js';
import { accountForm } from './account-form.js';
import { probeInstalled } from './installed.js';
import { holderOfEmail, usersByField } from './look-up.js';
import { faultIn } from './validate.js';
import { warningsSchema } from './warnings.js';

const name = 'core_user_update_users';

/**
 * A transaction for each account: one that is refused comes back as a warning, the others stand. Only a value of the
 * wrong form fails a whole call, before anything is written. Passwords are not sent: a weak one would spoil the answer.
 */
export async function updateAccounts(caller: Caller, changes: readonly AccountChange[]): Promise<Settled<true>[]> {
  const batching = {
    budget: caller.budget,
    leavesOf: (change: AccountChange) => countLeaves(accountForm(change)),
    most: 150,
    width: caller.options.concurrency,
  };
  const results: Settled<true>[] = changes.map((change) => {
    const failure = faultIn(change);
    return failure ? { failure } : { ok: true };
  });
  const good = [...changes.keys()].filter((index) => 'ok' in (results[index] as Settled<true>));
  const sent = await inBatches(
    good.map((index) => changes[index] as AccountChange),
    batching,
    (batch) => send(caller, batch),
  );
  good.forEach((index, place) => (results[index] = sent[place] as Settled<true>));
  return results;
}

async function send(caller: Caller, batch: readonly AccountChange[]): Promise<Settled<true>[]> {
  try {
    return await update(caller, batch);
  } catch (error) {
    if (!(error instanceof MoodleRefusal)) throw error;
    bisectedBatches.inc({ system: caller.options.system, function: name });
    for (const { auth, lang } of batch) {
      if (auth || lang) await probeInstalled(caller, { auth: auth ?? 'manual', ...(lang && { lang }) });
    }
    const isRefusal = (refusal: unknown): boolean => refusal instanceof MoodleRefusal;
    const parts = await bisect(batch, (some) => update(caller, some), isRefusal, { error });
    return parts.map((part) =>
      'result' in part ? part.result : { failure: refused((part.error as MoodleRefusal).errorcode) },
    );
  }
}

async function update(caller: Caller, batch: readonly AccountChange[]): Promise<Settled<true>[]> {
  const keys = [...new Set(batch.map(({ id }) => `user:${id}`))];
  const { warnings } = await caller.call(name, { users: batch.map(accountForm) }, warningsSchema, keys);
  const codes = new Map(warnings.map(({ itemid, warningcode }) => [itemid, String(warningcode)]));
  return Promise.all(
    batch.map(async (change): Promise<Settled<true>> => {
      const code = codes.get(change.id);
      return code === undefined ? { ok: true } : failureMeant(caller, change, code);
    }),
  );
}

async function failureMeant(caller: Caller, change: AccountChange, code: string): Promise<Refused> {
  const plain: Record<string, Failure> = {
    invaliduserid: fault.accountMissing(change.id),
    usernotupdateddeleted: fault.accountMissing(change.id),
    usernotupdatedadmin: fault.accountProtected(change.id),
    usernotupdatedguest: fault.accountProtected(change.id),
    usernotupdatedremote: fault.accountProtected(change.id),
    useremailinvalid: fault.emailInvalid(),
  };
  const known = plain[code];
  if (known) return { failure: known };
  if (code === 'useremailduplicate') {
    const holder = change.email ? await holderOfEmail(caller, change.email) : undefined;
    return {
      failure: fault.emailTaken(holder),
      ...(holder && { holder: { id: holder.id, idnumber: holder.idnumber } }),
    };
  }
  // A rename to a taken username is not checked beforehand: the database refuses it.
  if (code === 'dmlwriteexception' && change.username !== undefined) {
    const { users } = await usersByField(caller, 'username', [change.username]);
    const holder = users.find(({ id }) => id !== change.id);
    if (holder) return { failure: fault.usernameTaken(holder), holder: { id: holder.id, idnumber: holder.idnumber } };
  }
  return { failure: code === 'dmlwriteexception' ? refusedByDatabase(change, 'student') : refused(code) };
}
