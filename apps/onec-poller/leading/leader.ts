import { failureOf, type Guard } from '#messaging';
import { Leadership, type Lease } from '#persistence';
import { forgetAlarm, log, rest, Troubles } from '#platform';
import { pageNoJsonAlarm } from '#synchronizer';
import { restAfterFailure } from '../asking/when.js';
import { TenureLostError } from '../ledger/window-ledger.js';
import { Poller, type PollerPorts, type PollerRules } from '../poller.js';
import { pollerAlarms } from '../troubles.js';

export interface LeaderPorts extends PollerPorts {
  /** Waits until no other replica asks for this system; rejects when `stop` aborts. */
  acquireLease(stop: AbortSignal): Promise<Lease>;
  /** Breaker and pauses of onec-poller towards this system's 1C. */
  guard: Guard;
}

/** Sees to it that exactly one replica asks for a system, and only while 1C can be asked. */
export class Leader {
  private readonly logger = log('Leader');
  private poller?: Poller;
  private readonly leadership: Leadership;

  constructor(
    private readonly rules: PollerRules,
    private readonly ports: LeaderPorts,
  ) {
    const { system } = rules;
    this.leadership = new Leadership({
      takeLease: (stop) => ports.acquireLease(stop),
      work: (held) => this.work(held),
      troubles: new Troubles(this.logger, 'cannot become the poller of the system yet', { system }),
    });
  }

  /** What this replica does for the system. */
  get state(): 'standby' | 'paused' | 'asking' {
    if (!this.leadership.leads) return 'standby';
    return this.poller ? 'asking' : 'paused';
  }

  start(): void {
    this.leadership.start();
  }

  /** Finishes the turn under way. */
  stop(): Promise<void> {
    return this.leadership.stop();
  }

  /** Students were reported: places may be free. */
  wake(): void {
    this.poller?.wake();
  }

  /** Asks 1C without waiting for the end of the interval, as far as places are free. */
  askNow(): void {
    this.poller?.askNow();
  }

  private async work(held: AbortSignal): Promise<void> {
    const { progress } = this.ports;
    progress.began(this.rules.window);
    try {
      await this.lead(held);
    } finally {
      progress.ended();
      for (const name of [...Object.values(pollerAlarms), pageNoJsonAlarm]) forgetAlarm(name, this.rules.system);
    }
  }

  /** Until stopped or the lease is lost: whatever fails, a new poller begins from the ledger. */
  private async lead(held: AbortSignal): Promise<void> {
    let failures = 0;
    while (!held.aborted) {
      try {
        const admission = await this.ports.guard.admission(held);
        let trial = admission === 'trial';
        this.poller = await Poller.begin(this.rules, this.ports);
        await this.poller.run(AbortSignal.any([held, this.ports.guard.paused()]), async () => {
          failures = 0;
          if (trial) await this.ports.guard.mended();
          trial = false;
        });
      } catch (error) {
        if (held.aborted) return;
        if (error instanceof TenureLostError) throw error;
        if (await this.pauses(error)) continue;
        failures += 1;
        const pause = restAfterFailure(failures);
        const { system } = this.rules;
        this.logger.warn('1C could not be asked; another try follows', { system, rest: pause, error });
        await rest(pause, held);
      } finally {
        this.poller = undefined;
      }
    }
  }

  /** Does the error speak of 1C as a whole, so that a pause stands now? */
  private async pauses(error: unknown): Promise<boolean> {
    const failure = failureOf(error);
    if (failure.kind !== 'outage' && failure.kind !== 'configuration') return false;
    try {
      return (await this.ports.guard.judge(failure, error)) === 'handBack';
    } catch (judging) {
      this.logger.warn('the pause could not be written', { system: this.rules.system, error: judging });
      return false;
    }
  }
}
