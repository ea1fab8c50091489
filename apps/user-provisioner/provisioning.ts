import type { UserProvisioned } from '#contracts';
import { dead, superseded, type Outcome } from '#messaging';
import type { AccountEnd, AccountInWork } from './account/account-in-work.js';
import { AccountPass, type AccountPassParts } from './account/account-pass.js';
import { arrange, type Change, type Missing, type StudentInBatch } from './intake/arrangement.js';
import { personCases } from './intake/person-case.js';
import { belongsElsewhere, secondOrigins } from './intake/origins.js';
import { personKey } from './intake/person-key.js';
import type { Before } from './ledger/known.js';
import type { Ledger } from './ledger/ledger.js';
import { baseOf } from './account/account-steps.js';
import { answer } from './account/answers.js';
import { toldAccount } from './file/told-account.js';
import { originTaken, studentUnknown } from './rules/failures.js';

/** What came of a batch. The outcomes hold only once every event of `follow` has been published. */
export interface Provisioned {
  /** One for each event of the batch, same order. */
  outcomes: Outcome[];
  follow: { data: UserProvisioned; index: number }[];
  /** How the work on each person ended. */
  ends: AccountEnd['how'][];
}

export interface ProvisioningParts extends AccountPassParts {
  ledger: Pick<Ledger, 'see' | 'note' | 'record'>;
  /** Milliseconds. */
  now?: () => number;
}

/**
 * The accounts of one system. A batch costs three statements at the most, and no call of Moodle for who is unchanged.
 * Within a batch a person is in one writing call at a time; batches of one system follow one another.
 */
export class Provisioning {
  private readonly pass: AccountPass;
  private readonly now: () => number;

  constructor(private readonly parts: ProvisioningParts) {
    this.pass = new AccountPass(parts);
    this.now = parts.now ?? Date.now;
  }

  /** Rejects with what is the matter with the database or this program; what is the matter with Moodle is in the outcomes. */
  async run(events: readonly (Change | Missing)[]): Promise<Provisioned> {
    const later = secondOrigins(events);
    const outcomes = new Array<Outcome>(events.length);
    const follow: Provisioned['follow'] = [];
    const ends: Provisioned['ends'] = [];
    for (const isTurn of [(index: number) => !later.has(index), (index: number) => later.has(index)]) {
      const places = [...events.keys()].filter(isTurn);
      if (places.length === 0) continue;
      const part = await this.runPart(places.map((index) => events[index]!));
      part.outcomes.forEach((outcome, place) => (outcomes[places[place]!] = outcome));
      follow.push(...part.follow.map(({ data, index }) => ({ data, index: places[index]! })));
      ends.push(...part.ends);
    }
    return { outcomes, follow, ends };
  }

  /** Of each student, one origin at the most tells. */
  private async runPart(events: readonly (Change | Missing)[]): Promise<Provisioned> {
    const { settings, ledger } = this.parts;
    const outcomes = new Array<Outcome>(events.length);
    const { students, covered } = arrange(events);
    for (const index of covered) outcomes[index] = superseded();
    const keys = this.keysOf(students, outcomes);

    const before = await ledger.see({
      changes: students.flatMap(({ code, change }) => (change ? [{ key: keys.get(code)!, data: change.data }] : [])),
      missing: students.flatMap(({ code, missing }) => (missing ? [code] : [])),
      bases: settings.usernameFromCode
        ? []
        : students.flatMap(({ change }) => (change ? [baseOf(change.data, settings)] : [])),
      notWitnesses: this.pass.notWitnesses,
    });
    this.refuseStrangers(students, before, outcomes);
    const { cases, unknown } = personCases(students, keys, before);
    for (const { code, index } of unknown) outcomes[index] = dead(studentUnknown(code));

    const works = cases.map((person): AccountInWork => ({ person }));
    const open = works.filter(({ person }) => person.work);
    await this.pass.run(open, before);

    const answers = works.map((work) =>
      answer(work, this.now(), settings.inFile ? toldAccount(work, settings) : undefined),
    );
    await ledger.record({
      accounts: works.flatMap(({ row }) => (row ? [row] : [])),
      done: answers.flatMap((each) => each.done),
      failed: answers.flatMap((each) => each.failed),
    });
    for (const each of answers) for (const { index, outcome } of each.outcomes) outcomes[index] = outcome;
    return {
      outcomes,
      follow: answers.flatMap((each) => each.follow),
      ends: open.flatMap(({ end }) => (end ? [end.how] : [])),
    };
  }

  /** A student of another origin is left as that one tells; the message is answered here. */
  private refuseStrangers(students: StudentInBatch[], { studies }: Before, outcomes: Outcome[]): void {
    for (const student of students) {
      const owner = studies.get(student.code)?.owner;
      if (!student.change || !owner || !belongsElsewhere(owner, student.change)) continue;
      outcomes[student.change.index] = dead(originTaken(student.code, owner));
      delete student.change;
    }
  }

  /** Who cannot be told apart is answered here, and leaves the batch. */
  private keysOf(students: StudentInBatch[], outcomes: Outcome[]): Map<string, string> {
    const keys = new Map<string, string>();
    for (const student of students) {
      if (!student.change) continue;
      const made = personKey(this.parts.settings.per, student.change.data.person);
      if ('key' in made) keys.set(student.code, made.key);
      else {
        outcomes[student.change.index] = dead(made.failure);
        delete student.change;
      }
    }
    return keys;
  }
}
