import type { AccountInWork } from '../account/account-pass.js';
import type { RemovalLedger } from '../ledger/removal-ledger.js';
import { braked, isEmptied, leavingKey, removalsPerHour, type Brake, type Decision, type Leaving } from './removals.js';

/** Milliseconds for which the number of a system's enrolments is believed. */
const believed = 60_000;

/** Holds suspensions back: beyond so many an hour a person is to look first. Enrolments never wait for it. */
export class RemovalBrake {
  private size?: { enrolments: number; until: number };

  constructor(
    private readonly ledger: RemovalLedger,
    /** Says that some are held. */
    private readonly raise: () => Promise<unknown>,
    private readonly now: () => number,
  ) {}

  /** What is held of these accounts. */
  async recall(works: readonly AccountInWork[]): Promise<void> {
    const byUser = new Map(works.map((work) => [work.moodleUserId, work]));
    for (const { userId, courseId, decision } of await this.ledger.heldOf([...byUser.keys()]))
      byUser.get(userId)!.held.set(courseId, { decision });
  }

  /** Takes out of the planned changes what is to wait, and notes it; what is wanted again is held no longer. */
  async admit(works: readonly AccountInWork[]): Promise<void> {
    const leaving = works.flatMap(leavingOf);
    const keys = new Set(leaving.map(leavingKey));
    const before = works.flatMap(heldOf);
    await this.ledger.letGo(before.filter((each) => !keys.has(leavingKey(each))));
    if (leaving.length === 0) return;
    const held = new Map(before.map((each) => [leavingKey(each), each]));
    const brake = await this.brakeFor(leaving.filter((each) => !held.has(leavingKey(each))));
    const { go, count, hold } = braked(leaving, { held, ...brake });
    await this.ledger.count(count, this.now());
    for (const work of works)
      work.result.changes = work.result.changes.filter(
        ({ deed, courseId }) => deed !== 'suspended' || go.has(leavingKey({ userId: work.moodleUserId, courseId })),
      );
    if (hold.length === 0) return;
    await this.ledger.hold(hold, brake.emptied ? 'emptied' : 'limit', this.now());
    await this.raise();
  }

  /** What was released and has been done is held no longer; nor is anything of an account that is gone. */
  async finish(works: readonly AccountInWork[]): Promise<void> {
    const over = works.flatMap((work) =>
      heldOf(work).filter(({ courseId }) => work.result.missing || work.result.done.has(courseId)),
    );
    await this.ledger.letGo(over);
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

const leavingOf = ({ moodleUserId, result }: AccountInWork): Leaving[] =>
  result.changes.filter(({ deed }) => deed === 'suspended').map(({ courseId }) => ({ userId: moodleUserId, courseId }));

const heldOf = ({ moodleUserId, held }: AccountInWork): (Leaving & { decision?: Decision })[] =>
  [...held].map(([courseId, { decision }]) => ({ userId: moodleUserId, courseId, decision }));
