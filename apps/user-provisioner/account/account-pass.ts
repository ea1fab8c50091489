import { SynchronizationError, type Failure } from '#contracts';
import { outcomeOf } from '#messaging';
import { words, wrongSettings } from '#moodle';
import type { Before, KnownAccount } from '../ledger/known.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Accounts, FoundAccount, Settled } from '../moodle/accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import { begin, goOnWith, make, withoutAccount } from './account-steps.js';
import { wantingOf, workAhead } from './ahead.js';
import { bothToTheirEnd } from './both-to-their-end.js';
import { LookUps } from './look-ups.js';
import { refusedAlike, usernameTakenMeanwhile } from '../rules/failures.js';
import type { AccountSettings } from '../rules/settings.js';
import { chooseUsernames } from '../rules/username/choose-usernames.js';
import { ownAccount } from '../rules/whose-account.js';
import { failed, type AccountInWork, type AccountStep } from './account-in-work.js';

export interface AccountPassParts {
  settings: AccountSettings;
  ledger: Pick<Ledger, 'note'>;
  accounts: Accounts;
  passwords: Passwords;
}

/** Makes accounts true: found, named, noted, created, changed. The only writer of {@link AccountInWork}. */
export class AccountPass {
  private readonly lookUps: LookUps;

  constructor(private readonly parts: AccountPassParts) {
    this.lookUps = new LookUps(parts);
  }

  get notWitnesses(): readonly number[] {
    return this.lookUps.notWitnesses;
  }

  /** What is the matter with Moodle ends in the works; everything else is thrown. */
  async run(works: AccountInWork[], before: Before): Promise<void> {
    const { settings } = this.parts;
    for (const work of works) take(work, begin(work.person, settings));
    const sought = undecided(works);
    const [, ahead] = await bothToTheirEnd(
      attempt(sought, () => this.findOwn(sought, before)),
      this.ahead(sought, before),
    );
    await this.nameTheNew(undecided(works), before, ahead);

    const creating = works.filter(({ create, end }) => create && !end);
    await this.parts.ledger.note(creating.flatMap(({ create }) => (create && !create.isNoted ? [create.noted] : [])));
    const changing = works.filter(({ change, end }) => change && end?.how !== 'failed');
    await bothToTheirEnd(this.createAll(creating, before), this.updateAll(changing));
  }

  private ahead(works: readonly AccountInWork[], { numbered, witness }: Before): ReturnType<typeof workAhead> {
    const { settings, passwords } = this.parts;
    return workAhead(
      works.map(({ person }) => person),
      {
        settings,
        reserved: numbered,
        lookUp: (usernames) => this.lookUps.ask('findByUsername', usernames, witness),
        make: (person, username) => make(person, username, settings, passwords),
      },
    );
  }

  /** Whose account carries their key goes on with it. */
  private async findOwn(works: readonly AccountInWork[], before: Before): Promise<void> {
    const keys = works.map(({ person }) => person.key);
    const { found, unreadable } = await this.lookUps.ask('findByKey', keys, before.witness);
    const byKey = new Map<string, FoundAccount[]>();
    for (const account of found) byKey.set(account.idnumber, [...(byKey.get(account.idnumber) ?? []), account]);
    for (const work of works) {
      const { key, account } = work.person;
      const unseen = unreadable.get(key);
      const own = ownAccount(key, byKey.get(key) ?? [], { id: account?.moodleUserId, username: account?.username });
      if (unseen) take(work, failed(unseen));
      else if (own && 'failure' in own) take(work, failed(own.failure));
      else if (own) take(work, goOnWith(work.person, own.account, this.parts.settings));
    }
  }

  private async nameTheNew(
    works: readonly AccountInWork[],
    { numbered }: Before,
    ahead: Awaited<ReturnType<typeof workAhead>>,
  ): Promise<void> {
    const { settings } = this.parts;
    for (const work of works) take(work, withoutAccount(work.person, settings));
    const nameless = undecided(works);
    await attempt(nameless, async () => {
      const choices = await chooseUsernames(
        nameless.map(({ person }) => wantingOf(person, settings)),
        settings,
        numbered,
        ahead.lookUp,
      );
      for (const work of nameless) {
        const choice = choices.get(work.person.key)!;
        if ('failure' in choice) take(work, failed(choice.failure));
        else if ('existing' in choice) take(work, goOnWith(work.person, choice.existing, settings));
        else take(work, ahead.make(work.person, choice.username));
      }
    });
  }

  private async createAll(works: readonly AccountInWork[], before: Before): Promise<void> {
    // Whether two accounts may share an address is for Moodle to say; it can be asked only one after the other.
    for (const round of roundsBy(works, ({ create }) => create!.account.email)) {
      const own: AccountInWork[] = [];
      await attempt(round, async () => {
        const made = await this.parts.accounts.create(round.map(({ create }) => create!.account));
        const others = round.flatMap((work, index) => {
          const answer = made[index]!;
          if (!isOwnAlready(answer, work.person.key)) return [{ work, answer }];
          own.push(work);
          return [];
        });
        this.judge(
          others.map(({ work }) => work),
          others.map(({ answer }) => answer),
        );
        for (const { work, answer } of others) {
          if (!('ok' in answer)) continue;
          const { id } = answer.ok;
          take(work, { end: { how: 'created', id }, row: { ...work.row!, moodleUserId: id, noted: false } });
        }
      });
      await this.adoptOwn(own, before);
      for (const work of round) if (work.end?.how === 'failed') take(work, { row: rowAfterRefusal(work) });
    }
  }

  /** An earlier call that was given up has ended meanwhile: the accounts are these persons', as if just found. */
  private async adoptOwn(works: readonly AccountInWork[], before: Before): Promise<void> {
    if (works.length === 0) return;
    await attempt(works, async () => {
      await this.findOwn(works, before);
      for (const work of works) if (!work.end) take(work, failed(usernameTakenMeanwhile));
    });
    await this.updateAll(works.filter(({ change, end }) => change && end?.how !== 'failed'));
  }

  private async updateAll(works: readonly AccountInWork[]): Promise<void> {
    await attempt(works, async () => {
      if (works.length > 0) this.judge(works, await this.parts.accounts.update(works.map(({ change }) => change!)));
    });
    for (const work of works) if (work.end?.how === 'failed') take(work, { row: undefined });
  }

  private judge(works: readonly AccountInWork[], settled: readonly Settled<unknown>[]): void {
    const refused = works.flatMap((work, index) => {
      const answer = settled[index]!;
      return 'failure' in answer ? [{ work, failure: answer.failure, failedBefore: failedBefore(work) }] : [];
    });
    const settings = wrongSettings(refused, works.length - refused.length, refusedAlike);
    for (const { work, failure } of refused)
      take(work, failed(settings.get(words(failure)) ?? this.meant(work, failure)));
  }

  /** A username made from a name that was free when it was chosen: somebody was quicker. */
  private meant({ create }: AccountInWork, failure: Failure): Failure {
    const quicker = takenBy.has(failure.cause) && create && !this.parts.settings.usernameFromCode;
    return quicker ? usernameTakenMeanwhile : failure;
  }
}

function take(work: AccountInWork, step: AccountStep): void {
  Object.assign(work, step);
}

/** Why a creation is refused when somebody has the username: an account that Moodle shows, or one that it cannot. */
const takenBy = new Set(['username-taken', 'account-unreadable']);

/** Refused because an account of this very person is there already. */
const isOwnAlready = (answer: Settled<unknown>, key: string): boolean =>
  'failure' in answer && answer.holder?.idnumber === key;

const undecided = (works: readonly AccountInWork[]): AccountInWork[] =>
  works.filter(({ end, create }) => !end && !create);

/** A fault of the whole (outage, setting, deadlock) belongs to all who were in the call, and only to them. */
async function attempt(works: readonly AccountInWork[], call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof SynchronizationError) || !ofTheWhole.has(error.failure.kind)) throw error;
    for (const work of works) take(work, failed(error.failure, error));
  }
}
const ofTheWhole = new Set(['outage', 'configuration', 'temporary']);

/** Refused for good, so nothing can have come into being: the note is taken back, the username stays reserved. */
function rowAfterRefusal({ end, row }: AccountInWork): KnownAccount | undefined {
  const givenUp = end?.how === 'failed' && outcomeOf(end.failure).kind === 'dead';
  return givenUp && row ? { ...row, noted: false, contentHash: undefined } : undefined;
}

const failedBefore = ({ person }: AccountInWork): boolean =>
  person.studies.some(({ before, change, missing }) => (change ?? missing) && before?.failed === true);

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
