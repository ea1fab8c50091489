import { setImmediate as turn } from 'node:timers/promises';
import type { PersonCase } from '../intake/person-case.js';
import type { FoundAccounts } from '../moodle/accounts.js';
import type { AccountSettings } from '../rules/settings.js';
import { firstWished, type Wanting } from '../rules/username/choose-usernames.js';
import type { AccountStep } from './account-in-work.js';
import { baseOf } from './account-steps.js';
import { bothToTheirEnd } from './both-to-their-end.js';

type LookUp = (usernames: string[]) => Promise<FoundAccounts>;
type Make = (person: PersonCase, username: string) => AccountStep;

export interface AheadParts {
  settings: AccountSettings;
  /** Usernames of the ledger, and whose they are. */
  reserved: ReadonlyMap<string, string>;
  lookUp: LookUp;
  make: Make;
}

/** Persons put together between two turns of the event loop: calls in flight have to go on. */
const atOnce = 20;

/**
 * Whom the ledger does not know has mostly no account. So while Moodle looks for their keys it is asked for the
 * usernames that they would get, and what would be sent is put together. Nothing of it counts until it is asked for.
 */
export async function workAhead(
  persons: readonly PersonCase[],
  { settings, reserved, lookUp, make }: AheadParts,
): Promise<{ lookUp: LookUp; make: Make }> {
  const wanting = persons
    .filter(({ account, source }) => account === undefined && source !== undefined)
    .map((person) => ({ person, wanted: wantingOf(person, settings) }))
    .filter(({ wanted }) => wanted.base !== '');
  const wished = firstWished(
    wanting.map(({ wanted }) => wanted),
    settings,
    reserved,
  );
  const [[answer], steps] = await bothToTheirEnd(Promise.allSettled([lookUp(wished)]), putTogether(wanting, make));
  return {
    lookUp: answered(new Set(wished), answer, lookUp),
    make: (person, username) => {
      const made = steps.get(person.key);
      return made?.username === username ? made.step : make(person, username);
    },
  };
}

type Steps = Map<string, { username: string; step: AccountStep }>;

async function putTogether(wanting: readonly { person: PersonCase; wanted: Wanting }[], make: Make): Promise<Steps> {
  const steps: Steps = new Map();
  for (const [index, { person, wanted }] of wanting.entries()) {
    if (index % atOnce === 0) await turn();
    steps.set(person.key, { username: wanted.base, step: make(person, wanted.base) });
  }
  return steps;
}

/** Asks only for what was not asked ahead. */
function answered(early: ReadonlySet<string>, answer: PromiseSettledResult<FoundAccounts>, lookUp: LookUp): LookUp {
  return async (usernames) => {
    const rest = usernames.filter((username) => !early.has(username));
    if (rest.length === usernames.length) return lookUp(usernames);
    if (answer.status === 'rejected') throw answer.reason;
    const late = await lookUp(rest);
    return {
      found: [...answer.value.found, ...late.found],
      unreadable: new Map([...answer.value.unreadable, ...late.unreadable]),
      staleWitness: answer.value.staleWitness || late.staleWitness,
    };
  };
}

/** What is wanted for a person who has no account yet, as far as is known. */
export function wantingOf({ key, account, source }: PersonCase, settings: AccountSettings): Wanting {
  return {
    key,
    base: baseOf(source!, settings),
    firstname: source!.person.firstname,
    lastname: source!.person.lastname,
    ...(account && { preferred: account.username }),
    ...(account?.moodleUserId !== undefined && { knownId: account.moodleUserId }),
  };
}
