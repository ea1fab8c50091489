import { brokerAway, databaseAway, databaseSetting } from './failure-of.js';
import type { Admission, Guard } from './guard.js';
import { retry, timedOut, type Outcome } from './outcome.js';
import type { Delivery } from './delivery.js';
import { inTrial } from './trial.js';

export interface JudgingOptions {
  guard: Guard;
  admission: Admission;
  /** Ids of the events tried since the system was paused. */
  triedBefore: Set<string>;
}

/** What the handlers' failures mean: the whole system's trouble or a message's own, at work and in a trial. */
export class Judging {
  constructor(private readonly options: JudgingOptions) {}

  /** One outcome for each delivery, same order. */
  async judge(deliveries: readonly Delivery[], outcomes: readonly Outcome[]): Promise<Outcome[]> {
    return this.tried(deliveries, await this.asked(outcomes));
  }

  private tried(deliveries: readonly Delivery[], outcomes: Outcome[]): Outcome[] {
    const { admission, triedBefore } = this.options;
    if (admission !== 'trial') return outcomes;
    return outcomes.map((outcome, index) => {
      // Our own broker or database was away: the system was not asked, and the message's turn is still to come.
      if (outcome.kind === 'handBack' && ours.has(outcome.failure.cause)) return outcome;
      const { id } = deliveries[index]!.event;
      const before = triedBefore.has(id);
      triedBefore.add(id);
      return inTrial(outcome, before);
    });
  }

  /** Asks the guard once for each cause that speaks of the whole system: pause, or this message's own ladder. */
  private async asked(outcomes: readonly Outcome[]): Promise<Outcome[]> {
    const verdicts = new Map<string, 'handBack' | 'ladder'>();
    const judged: Outcome[] = [];
    for (const outcome of outcomes) {
      // The system is not to blame for our own broker.
      if (outcome.kind !== 'handBack' || outcome.failure.cause === brokerAway) {
        judged.push(outcome);
        continue;
      }
      const key = `${outcome.failure.kind} ${outcome.failure.cause}`;
      const verdict = verdicts.get(key) ?? (await this.options.guard.judge(outcome.failure, outcome.error));
      verdicts.set(key, verdict);
      judged.push(verdict === 'handBack' ? outcome : onTheLadder(outcome));
    }
    return judged;
  }
}

const ours: ReadonlySet<string> = new Set([brokerAway, databaseAway, databaseSetting]);

const onTheLadder = ({ failure, error, known }: Extract<Outcome, { kind: 'handBack' }>): Outcome =>
  retry({ ...failure, kind: 'temporary' }, timedOut(error) ? '15m' : undefined, known);
