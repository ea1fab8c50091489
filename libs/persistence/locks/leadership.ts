import { rest } from '#platform';
import type { Lease } from './advisory-lock.js';

/** What exactly one process does, over all replicas. */
export interface Duty {
  /** Waits until it is this process's turn; rejects when `stop` aborts. */
  takeLease(stop: AbortSignal): Promise<Lease>;
  /** Until `held` aborts: the service stops, or the lease is lost; then nothing more may be touched. */
  work(held: AbortSignal): Promise<void>;
  /** Hears of a lease that could not be taken and of work that broke off; says how long to rest, milliseconds. */
  troubles: { failed(error: unknown): number; succeeded(): void };
}

/** Takes up a duty whenever its lease is free, and again whenever it broke off; its replicas stand by. */
export class Leadership {
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  /** This process has the lease. */
  leads = false;

  constructor(private readonly duty: Duty) {}

  start(): void {
    this.running ??= this.run(this.stopping.signal);
  }

  /** Ends the work in its own order, and lets a replica take over. */
  async stop(): Promise<void> {
    this.abandon();
    await this.running;
  }

  /** Tells the work to end, and waits for nothing. */
  abandon(): void {
    this.stopping.abort();
  }

  private async run(stop: AbortSignal): Promise<void> {
    const { duty } = this;
    while (!stop.aborted) {
      try {
        const lease = await duty.takeLease(stop);
        duty.troubles.succeeded();
        this.leads = true;
        try {
          await duty.work(AbortSignal.any([stop, lease.lost]));
        } finally {
          this.leads = false;
          await lease.release();
        }
      } catch (error) {
        if (stop.aborted) return;
        await rest(duty.troubles.failed(error), stop);
      }
    }
  }
}
