import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf, type Guard } from '#messaging';
import type { Lease } from '#persistence';
import { forgetAlarm, log, Troubles } from '#platform';
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
  private running?: Promise<void>;
  private readonly stopping = new AbortController();
  /** What this replica does for the system. */
  state: 'standby' | 'paused' | 'asking' = 'standby';

  constructor(
    private readonly rules: PollerRules,
    private readonly ports: LeaderPorts,
  ) {}

  start(): void {
    this.running ??= this.run(this.stopping.signal);
  }

  /** Finishes the turn under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Students were reported: places may be free. */
  wake(): void {
    this.poller?.wake();
  }

  /** Asks 1C without waiting for the end of the interval, as far as places are free. */
  askNow(): void {
    this.poller?.askNow();
  }

  private async run(stop: AbortSignal): Promise<void> {
    const { system } = this.rules;
    const troubles = new Troubles(this.logger, 'cannot become the poller of the system yet', { system });
    while (!stop.aborted) {
      this.state = 'standby';
      try {
        const lease = await this.ports.acquireLease(stop);
        troubles.succeeded();
        this.ports.progress.began(this.rules.window);
        try {
          await this.lead(AbortSignal.any([stop, lease.lost]));
        } finally {
          this.ports.progress.ended();
          for (const name of [...Object.values(pollerAlarms), pageNoJsonAlarm]) forgetAlarm(name, this.rules.system);
          await lease.release();
        }
      } catch (error) {
        if (stop.aborted) return;
        await this.rest(troubles.failed(error), stop);
      }
    }
  }

  /** Until stopped or the lease is lost: whatever fails, a new poller begins from the ledger. */
  private async lead(held: AbortSignal): Promise<void> {
    let failures = 0;
    while (!held.aborted) {
      try {
        this.state = 'paused';
        const admission = await this.ports.guard.admission(held);
        let trial = admission === 'trial';
        this.poller = await Poller.begin(this.rules, this.ports);
        this.state = 'asking';
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
        const rest = restAfterFailure(failures);
        this.logger.warn('1C could not be asked; another try follows', { system: this.rules.system, rest, error });
        await this.rest(rest, held);
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

  private async rest(milliseconds: number, stop: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined);
  }
}
