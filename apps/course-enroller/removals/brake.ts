import type { RemovalLedger } from '../ledger/removal-ledger.js';
import { braked, isEmptied, leavingKey, removalsPerHour, type Brake, type Decision, type Leaving } from './removals.js';

/** Milliseconds for which the number of a system's enrolments is believed. */
const believed = 60_000;

/** Courses of one account whose suspension is held, and what a person has said of it. */
export type HeldCourses = ReadonlyMap<number, { decision?: Decision }>;

/** What is to be suspended in one account, and what is held of it. */
export interface AccountRemovals {
  userId: number;
  leaving: readonly Leaving[];
  held: HeldCourses;
}

/** Holds suspensions back: beyond so many an hour a person is to look first. Enrolments never wait for it. */
export class RemovalBrake {
  private size?: { enrolments: number; until: number };

  constructor(
    private readonly ledger: RemovalLedger,
    /** Says that some are held. */
    private readonly raise: () => Promise<unknown>,
    private readonly now: () => number,
  ) {}

  /** What is held of these accounts; of the others nothing is. */
  async recall(userIds: readonly number[]): Promise<Map<number, HeldCourses>> {
    const held = new Map<number, Map<number, { decision?: Decision }>>();
    for (const { userId, courseId, decision } of await this.ledger.heldOf(userIds))
      held.set(userId, (held.get(userId) ?? new Map()).set(courseId, { decision }));
    return held;
  }

  /** The keys of those that may leave now; the others wait, which is noted. What is wanted again is held no longer. */
  async admit(accounts: readonly AccountRemovals[]): Promise<ReadonlySet<string>> {
    const leaving = accounts.flatMap((account) => account.leaving);
    const keys = new Set(leaving.map(leavingKey));
    const before = accounts.flatMap(heldOf);
    await this.ledger.letGo(before.filter((each) => !keys.has(leavingKey(each))));
    if (leaving.length === 0) return new Set();
    const held = new Map(before.map((each) => [leavingKey(each), each]));
    const brake = await this.brakeFor(leaving.filter((each) => !held.has(leavingKey(each))));
    const { go, count, hold } = braked(leaving, { held, ...brake });
    await this.ledger.count(count, this.now());
    if (hold.length > 0) {
      await this.ledger.hold(hold, brake.emptied ? 'emptied' : 'limit', this.now());
      await this.raise();
    }
    return go;
  }

  /** These are held no longer. */
  finish(over: readonly Leaving[]): Promise<void> {
    return this.ledger.letGo(over);
  }

  private async brakeFor(fresh: readonly Leaving[]): Promise<Omit<Brake, 'held'>> {
    if (fresh.length === 0) return { counted: new Set(), left: 0, emptied: false };
    const enrolments = await this.enrolments();
    const { number, counted } = await this.ledger.ofLastHour(fresh, this.now());
    const emptied = isEmptied({ enrolments, wanted: await this.ledger.anyWanted() });
    return { counted, left: removalsPerHour(enrolments) - number, emptied };
  }

  private async enrolments(): Promise<number> {
    const now = this.now();
    if (!this.size || this.size.until <= now)
      this.size = { enrolments: await this.ledger.enrolments(), until: now + believed };
    return this.size.enrolments;
  }
}

const heldOf = ({ userId, held }: AccountRemovals): (Leaving & { decision?: Decision })[] =>
  [...held].map(([courseId, { decision }]) => ({ userId, courseId, decision }));
