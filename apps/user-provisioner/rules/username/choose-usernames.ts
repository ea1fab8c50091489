import type { Failure } from '#contracts';
import type { FoundAccount, FoundAccounts } from '../../moodle/accounts.js';
import { usernameHeld, usernamesExhausted } from '../failures.js';
import { numbered } from './username.js';
import { holding } from '../whose-account.js';

/** A person without an account that carries their key. */
export interface Wanting {
  key: string;
  firstname: string;
  lastname: string;
  /** The username they had, or that was noted for them: taken first where it is free. */
  preferred?: string;
  /** What the template makes of them. */
  base: string;
  /** Of the account that the ledger knows; by this it is recognised without its idnumber. */
  knownId?: number;
}

export type Choice = { username: string } | { existing: FoundAccount } | { failure: Failure };

export interface UsernameRules {
  adopt: boolean;
  usernameFromCode: boolean;
}

/** Whose the usernames of the ledger are. */
type Reserved = ReadonlyMap<string, string>;

/** Numbers tried before the series is given up. */
const mostNumbers = 5000;

/**
 * Gives each person a username that nobody holds: neither in Moodle, nor in the ledger, nor in this batch. Moodle is asked
 * in batches: first for what everybody would like, then only for those who found it held.
 * @param reserved usernames of the ledger made from one of these bases, and whose they are
 */
export async function chooseUsernames(
  wanting: readonly Wanting[],
  rules: UsernameRules,
  reserved: Reserved,
  lookUp: (usernames: string[]) => Promise<FoundAccounts>,
): Promise<Map<string, Choice>> {
  const choices = new Map<string, Choice>();
  const asked = new Map<string, FoundAccount | Failure | 'nobody'>();
  const given = new Map<string, string>();

  /** Why this person cannot have the username; undefined: as far as is known they can. */
  const obstacle = (person: Wanting, username: string): Failure | undefined => {
    const other = given.get(username) ?? reserved.get(username);
    if (other !== undefined && other !== person.key) return usernameHeld(username, { idnumber: other });
    const holder = asked.get(username);
    if (holder === undefined || holder === 'nobody') return undefined;
    if ('kind' in holder) return holder;
    return ownOrAdopted(person, holder, rules) ? undefined : usernameHeld(username, holder);
  };

  const choose = (person: Wanting): Choice | undefined => {
    let why: Failure | undefined;
    for (const username of series(person, rules)) {
      const fault = obstacle(person, username);
      if (fault) {
        why = fault;
        continue;
      }
      const holder = asked.get(username);
      if (holder === undefined) return undefined;
      given.set(username, person.key);
      return holder === 'nobody' ? { username } : { existing: holder as FoundAccount };
    }
    return { failure: rules.usernameFromCode && why ? why : usernamesExhausted };
  };

  let open = [...wanting];
  for (let width = 1; open.length > 0; width *= 8) {
    const isFree = (person: Wanting, username: string): boolean => !obstacle(person, username);
    const toAsk = wished(open, width, rules, isFree).filter((username) => !asked.has(username));
    if (toAsk.length > 0) {
      const { found, unreadable } = await lookUp(toAsk);
      for (const username of toAsk) asked.set(username, unreadable.get(username) ?? 'nobody');
      for (const account of found) asked.set(account.username, account);
    }
    open = open.filter((person) => {
      const choice = choose(person);
      if (choice) choices.set(person.key, choice);
      return !choice;
    });
  }
  return choices;
}

/** Of which usernames Moodle is asked first, when these are all. */
export const firstWished = (wanting: readonly Wanting[], rules: UsernameRules, reserved: Reserved): string[] =>
  wished(wanting, 1, rules, ({ key }, username) => (reserved.get(username) ?? key) === key);

/** What each would like, so many of the series; the second of a name one more, and so on. */
function wished(
  wanting: readonly Wanting[],
  width: number,
  rules: UsernameRules,
  isFree: (person: Wanting, username: string) => boolean,
): string[] {
  const namesakes = new Map<string, number>();
  const usernames = new Set<string>();
  for (const person of wanting) {
    const before = namesakes.get(person.base) ?? 0;
    namesakes.set(person.base, before + 1);
    for (const username of candidates(person, width + before, rules, isFree)) usernames.add(username);
  }
  return [...usernames];
}

function* series({ preferred, base }: Wanting, { usernameFromCode }: UsernameRules): Generator<string> {
  if (preferred !== undefined) yield preferred;
  if (usernameFromCode) yield base;
  else for (let number = 1; number <= mostNumbers; number++) yield numbered(base, number);
}

function candidates(
  person: Wanting,
  count: number,
  rules: UsernameRules,
  isFree: (person: Wanting, username: string) => boolean,
): string[] {
  const some: string[] = [];
  for (const username of series(person, rules)) {
    if (some.length === count) break;
    if (isFree(person, username)) some.push(username);
  }
  return some;
}

const ownOrAdopted = (person: Wanting, holder: FoundAccount, rules: UsernameRules): boolean =>
  holder.id === person.knownId || holding(holder, person, rules) !== 'other';
