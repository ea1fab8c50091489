import { bisect } from '#platform';
import { z } from 'zod';
import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { accountUnreadable } from '../failures/of-accounts.js';
import { lookupsBlind } from '../failures/of-the-site.js';
import { inBatches } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import type { MoodleUser, UserKey, UserLookup, Witness } from '../types.js';
import { userSchema } from './user-shape.js';
import { isEmail, isUnicode, isUsername } from './validate.js';

/** 300 accounts take Moodle about a second. */
const mostPerCall = 300;
const usersSchema = z.array(userSchema);

/** A value that Moodle's cleaning would change fails the whole call; nobody can have it, so it is not asked for. */
const askable: Record<UserKey, (value: string) => boolean> = {
  id: (value) => /^[1-9]\d{0,17}$/.test(value),
  idnumber: (value) => value !== '' && !value.includes('\0') && isUnicode(value),
  username: isUsername,
  email: isEmail,
};

export async function usersByField(
  caller: Caller,
  field: UserKey,
  values: readonly (string | number)[],
  witness?: Witness,
): Promise<UserLookup> {
  const known = witness === undefined ? undefined : String(witness[field] ?? '');
  const asked = [...new Set(values.map(String))].filter(askable[field]);
  if (asked.length === 0) return { users: [], unreadable: [], staleWitness: false };

  const users = new Map<number, MoodleUser>();
  const unreadable: UserLookup['unreadable'] = [];
  let staleWitness = false;
  const wanted = new Set(asked);

  const ask = async (some: readonly string[]): Promise<MoodleUser[]> => {
    const withWitness = known && askable[field](known) && !some.includes(known) ? [...some, known] : some;
    return caller.call('core_user_get_users_by_field', { field, values: withWitness }, usersSchema);
  };
  const batching = {
    budget: caller.budget,
    leavesOf: () => 1,
    fixedLeaves: 2,
    most: mostPerCall,
    width: caller.options.concurrency,
  };
  await inBatches(asked, batching, async (batch) => {
    const found = await bisect(
      batch,
      async (some) => {
        const answer = await ask(some);
        if (witness && !seen(answer, witness))
          staleWitness = (await proveSight(caller, field, witness)) || staleWitness;
        for (const user of answer) {
          if (user.id !== witness?.id || wanted.has(known ?? '')) users.set(user.id, user);
        }
        return some.map(() => true);
      },
      // One account that Moodle cannot show fails the whole answer.
      (error) => error instanceof MoodleRefusal && error.errorcode === 'invalidresponse',
    );
    for (const part of found) if ('error' in part) unreadable.push({ value: part.item, failure: accountUnreadable() });
    return batch;
  });
  return { users: [...users.values()].sort((a, b) => a.id - b.id), unreadable, staleWitness };
}

const seen = (answer: readonly MoodleUser[], { id }: Witness): boolean =>
  answer.some((user) => user.id === id && user.username !== '' && user.idnumber !== '');

/**
 * The witness did not show: is it another account by now, or are the look-ups blind? Asked by number, Moodle shows
 * even a deleted account, as far as the capabilities reach. True: look-ups work, the witness is stale.
 */
async function proveSight(caller: Caller, field: UserKey, witness: Witness): Promise<boolean> {
  const byNumber = { field: 'id', values: [String(witness.id)] };
  const [user] = await caller.call('core_user_get_users_by_field', byNumber, usersSchema);
  if (!user) throw new MoodleMisconfigured(lookupsBlind('moodle/user:viewdetails'));
  if (user.username === '') throw new MoodleMisconfigured(lookupsBlind('moodle/user:viewalldetails'));
  if (field === 'email' && user.email === '')
    throw new MoodleMisconfigured(lookupsBlind('moodle/site:viewuseridentity'));
  const unchanged = user[field] !== '' && String(user[field]).toLowerCase() === String(witness[field]).toLowerCase();
  if (field === 'email' && unchanged) throw new MoodleMisconfigured(lookupsBlind('moodle/site:viewuseridentity'));
  if (unchanged && user.idnumber !== '') throw new MoodleMisconfigured(lookupsBlind('moodle/user:viewalldetails'));
  return true;
}

/** The holder of an address in whatever case: uniqueness ignores the case, the look-up by field does not. */
export async function holderOfEmail(caller: Caller, email: string): Promise<MoodleUser | undefined> {
  const { users } = await caller.call(
    'core_user_get_users',
    { criteria: [{ key: 'email', value: email }] },
    z.object({ users: usersSchema }),
  );
  // The search takes _ and % for wildcards.
  return users.find((user) => user.email.toLowerCase() === email.toLowerCase());
}

/** Asked by number, Moodle shows a deleted account too. */
export async function isGone(caller: Caller, id: number): Promise<boolean> {
  const { users } = await usersByField(caller, 'id', [id]);
  return users.every(({ deleted }) => deleted);
}
