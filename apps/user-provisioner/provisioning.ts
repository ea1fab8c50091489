import { SynchronizationError, type UserProvisioned } from '#contracts';
import { words, wrongSettings } from '#moodle';
import { dead, outcomeOf, superseded, type Outcome } from '#messaging';
import type { Accounts, FoundAccount, FoundAccounts, Settled } from './accounts.js';
import { answer } from './answers.js';
import { arrange, type Change, type Missing, type StudentInBatch } from './arrangement.js';
import { chooseUsernames, type Wanting } from './choose-usernames.js';
import { refusedAlike, studentUnknown, usernameTakenMeanwhile } from './failures.js';
import type { Before, KnownAccount, Ledger } from './ledger.js';
import { personCases } from './person-case.js';
import { personKey } from './person-key.js';
import type { AccountSettings } from './settings.js';
import { baseFor, baseOf, begin, goOnWith, make, type Passwords, type Work } from './work.js';
import { ownAccount } from './whose-account.js';

/** What came of a batch. The outcomes hold only once every event of `follow` has been published. */
export interface Provisioned {
  /** One for each event of the batch, same order. */
  outcomes: Outcome[];
  follow: { data: UserProvisioned; at: number }[];
  /** Of each person that was worked on. */
  did: NonNullable<Work['fate']>['did'][];
}

export interface ProvisioningParts {
  settings: AccountSettings;
  ledger: Pick<Ledger, 'see' | 'note' | 'record'>;
  accounts: Accounts;
  passwords: Passwords;
  /** Milliseconds. */
  now?: () => number;
}

/** They go with every look into the ledger; the oldest may have become useful again. */
const mostNotWitnesses = 100;

/**
 * The accounts of one system. A batch costs three statements at the most, and no call of Moodle for who is unchanged.
 * Within a batch a person is in one call at a time; batches of one system follow one another.
 */
export class Provisioning {
  /** The last accounts that have proved useless for seeing whether look-ups work. */
  private readonly notWitnesses: number[] = [];
  private readonly now: () => number;

  constructor(private readonly parts: ProvisioningParts) {
    this.now = parts.now ?? Date.now;
  }

  /** Rejects with what is the matter with the database or this program; what is the matter with Moodle is in the outcomes. */
  async run(events: readonly (Change | Missing)[]): Promise<Provisioned> {
    const { settings, ledger } = this.parts;
    const outcomes = new Array<Outcome>(events.length);
    const { students, covered } = arrange(events);
    for (const at of covered) outcomes[at] = superseded();
    const keys = this.keysOf(students, outcomes);

    const before = await ledger.see({
      changes: students.flatMap(({ code, change }) => (change ? [{ key: keys.get(code)!, data: change.data }] : [])),
      missing: students.flatMap(({ code, missing }) => (missing ? [code] : [])),
      bases: settings.usernameFromCode
        ? []
        : students.flatMap(({ change }) => (change ? [baseOf(change.data, settings)] : [])),
      notWitnesses: this.notWitnesses,
    });
    const { cases, unknown } = personCases(students, keys, before);
    for (const { code, at } of unknown) outcomes[at] = dead(studentUnknown(code));

    const works = cases.map((of): Work => ({ of }));
    const open = works.filter(({ of }) => of.work);
    await this.settle(open, before);

    const answers = works.map((work) => answer(work, this.now()));
    const failed = answers.flatMap((each) => each.failed);
    await ledger.record({
      accounts: works.flatMap(({ row }) => (row ? [row] : [])),
      done: answers.flatMap((each) => each.done),
      failed,
    });
    for (const each of answers) for (const { at, outcome } of each.outcomes) outcomes[at] = outcome;
    return {
      outcomes,
      follow: answers.flatMap((each) => each.follow),
      did: open.flatMap(({ fate }) => (fate ? [fate.did] : [])),
    };
  }

  /** Who cannot be told apart is answered here, and leaves the batch. */
  private keysOf(students: StudentInBatch[], outcomes: Outcome[]): Map<string, string> {
    const keys = new Map<string, string>();
    for (const student of students) {
      if (!student.change) continue;
      const made = personKey(this.parts.settings.per, student.change.data.person);
      if ('key' in made) keys.set(student.code, made.key);
      else {
        outcomes[student.change.at] = dead(made.failure);
        delete student.change;
      }
    }
    return keys;
  }

  private async settle(works: Work[], before: Before): Promise<void> {
    const { settings } = this.parts;
    for (const work of works) begin(work, settings);
    const sought = undecided(works);
    await attempt(sought, () => this.findOwn(sought, before));
    await this.nameTheNew(undecided(works), before);

    const creating = works.filter(({ create, fate }) => create && !fate);
    await this.parts.ledger.note(creating.flatMap(({ create }) => (create && !create.isNoted ? [create.noted] : [])));
    const changing = works.filter(({ change, fate }) => change && fate?.did !== 'failed');
    // Both to their end, even when one fails: nothing may still be in flight when the batch is answered.
    const ends = await Promise.allSettled([this.createAll(creating, before), this.updateAll(changing)]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** Whose account carries their key goes on with it. */
  private async findOwn(works: readonly Work[], before: Before): Promise<void> {
    const { found, unreadable } = await this.look('findByKey', works, before, (keys) => keys);
    const byKey = new Map<string, FoundAccount[]>();
    for (const account of found) byKey.set(account.idnumber, [...(byKey.get(account.idnumber) ?? []), account]);
    for (const work of works) {
      const { key, account } = work.of;
      const unseen = unreadable.get(key);
      const own = ownAccount(key, byKey.get(key) ?? [], { id: account?.moodleUserId, username: account?.username });
      if (unseen) work.fate = { did: 'failed', failure: unseen };
      else if (own && 'failure' in own) work.fate = { did: 'failed', failure: own.failure };
      else if (own) goOnWith(work, own.account, this.parts.settings);
    }
  }

  private async look(
    how: 'findByKey' | 'findByUsername',
    works: readonly Work[],
    { witness }: Before,
    valuesOf: (keys: string[]) => string[],
  ): Promise<FoundAccounts> {
    const values = valuesOf(works.map(({ of }) => of.key));
    if (values.length === 0) return { found: [], unreadable: new Map(), staleWitness: false };
    const answered = await this.parts.accounts[how](values, witness);
    // A witness that Moodle cannot show spoils every answer that it is in.
    const spoilt = witness !== undefined && answered.unreadable.size >= new Set(values).size;
    if (witness && (spoilt || answered.staleWitness)) {
      this.notWitnesses.push(witness.id);
      this.notWitnesses.splice(0, this.notWitnesses.length - mostNotWitnesses);
    }
    if (spoilt) return this.parts.accounts[how](values);
    return answered;
  }

  private async nameTheNew(works: readonly Work[], before: Before): Promise<void> {
    const { settings, passwords } = this.parts;
    const bases = new Map<string, string>();
    for (const work of works) {
      const base = baseFor(work, settings);
      if (base !== undefined) bases.set(work.of.key, base);
    }
    const nameless = undecided(works);
    await attempt(nameless, async () => {
      const choices = await chooseUsernames(
        nameless.map((work) => wanting(work, bases.get(work.of.key)!)),
        settings,
        before.numbered,
        (usernames) => this.look('findByUsername', nameless, before, () => usernames),
      );
      for (const work of nameless) {
        const choice = choices.get(work.of.key)!;
        if ('failure' in choice) work.fate = { did: 'failed', failure: choice.failure };
        else if ('existing' in choice) goOnWith(work, choice.existing, settings);
        else make(work, choice.username, bases.get(work.of.key)!, settings, passwords);
      }
    });
  }

  private async createAll(works: readonly Work[], before: Before): Promise<void> {
    // Whether two accounts may share an address is for Moodle to say; it can be asked only one after the other.
    for (const round of roundsBy(works, ({ create }) => create!.account.email)) {
      const own: Work[] = [];
      await attempt(round, async () => {
        const made = await this.parts.accounts.create(round.map(({ create }) => create!.account));
        const others = round.flatMap((work, index) => {
          const one = made[index]!;
          if (!isOwnDeed(one, work.of.key)) return [{ work, one }];
          own.push(work);
          return [];
        });
        this.judge(
          others.map(({ work }) => work),
          others.map(({ one }) => one),
        );
        for (const { work, one } of others) {
          if (!('ok' in one)) continue;
          work.fate = { did: 'created', id: one.ok.id };
          work.row = { ...work.row!, moodleUserId: one.ok.id, noted: false };
        }
      });
      await this.adoptOwn(own, before);
      for (const work of round) if (work.fate?.did === 'failed') work.row = afterRefusal(work);
    }
  }

  /** An earlier call that was given up has ended meanwhile: the accounts are these persons', as if just found. */
  private async adoptOwn(works: readonly Work[], before: Before): Promise<void> {
    if (works.length === 0) return;
    await attempt(works, async () => {
      await this.findOwn(works, before);
      for (const work of works) work.fate ??= { did: 'failed', failure: usernameTakenMeanwhile };
    });
    await this.updateAll(works.filter(({ change, fate }) => change && fate?.did !== 'failed'));
  }

  private async updateAll(works: readonly Work[]): Promise<void> {
    await attempt(works, async () => {
      if (works.length > 0) this.judge(works, await this.parts.accounts.update(works.map(({ change }) => change!)));
    });
    for (const work of works) if (work.fate?.did === 'failed') delete work.row;
  }

  private judge(works: readonly Work[], settled: readonly Settled<unknown>[]): void {
    const refused = works.flatMap((work, index) => {
      const one = settled[index]!;
      return 'failure' in one ? [{ work, failure: one.failure, failedBefore: failedBefore(work) }] : [];
    });
    const settings = wrongSettings(refused, works.length - refused.length, refusedAlike);
    for (const { work, failure } of refused) {
      const taken = takenBy.has(failure.cause) && work.create && !this.parts.settings.usernameFromCode;
      work.fate = {
        did: 'failed',
        failure: settings.get(words(failure)) ?? (taken ? usernameTakenMeanwhile : failure),
      };
    }
  }
}

/** Why a creation is refused when somebody has the username: an account that Moodle shows, or one that it cannot. */
const takenBy = new Set(['username-taken', 'account-unreadable']);

/** Refused because an account of this very person is there already. */
const isOwnDeed = (one: Settled<unknown>, key: string): boolean => 'failure' in one && one.holder?.idnumber === key;

const undecided = (works: readonly Work[]): Work[] => works.filter(({ fate, create }) => !fate && !create);

/** A fault of the whole (outage, setting, deadlock) belongs to all who were in the call, and only to them. */
async function attempt(works: readonly Work[], deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (!(error instanceof SynchronizationError) || !ofTheWhole.has(error.failure.kind)) throw error;
    for (const work of works) work.fate = { did: 'failed', failure: error.failure, error };
  }
}
const ofTheWhole = new Set(['outage', 'configuration', 'temporary']);

function wanting({ of: { key, account, source } }: Work, base: string): Wanting {
  return {
    key,
    base,
    firstname: source!.person.firstname,
    lastname: source!.person.lastname,
    ...(account && { preferred: account.username }),
    ...(account?.moodleUserId !== undefined && { knownId: account.moodleUserId }),
  };
}

/** Refused for good, so nothing can have come into being: the note is taken back, the username stays reserved. */
function afterRefusal({ fate, row }: Work): KnownAccount | undefined {
  const givenUp = fate?.did === 'failed' && outcomeOf(fate.failure).kind === 'dead';
  return givenUp && row ? { ...row, noted: false, contentHash: undefined } : undefined;
}

const failedBefore = ({ of }: Work): boolean =>
  of.studies.some(({ before, change, missing }) => (change ?? missing) && before?.failed === true);

/** In each round every value stands once; usually there is one round. */
function roundsBy<T>(items: readonly T[], valueOf: (item: T) => string): T[][] {
  const rounds: T[][] = [];
  const times = new Map<string, number>();
  for (const item of items) {
    const round = times.get(valueOf(item)) ?? 0;
    times.set(valueOf(item), round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds;
}
