import { Logger } from '@nestjs/common';
import { Leadership } from '#persistence';
import { rest } from '#platform';
import type { Broker } from '../broker/broker.js';
import type { Guard } from '../answering/guard.js';
import type { TakeLease } from './take-lease.js';
import { consuming } from '../metrics.js';
import type { InHand } from './outstanding.js';
import { Session, type SessionOptions } from './session.js';
import { SettledBefore } from './settled-before.js';

export interface QueueConsumerOptions extends Omit<
  SessionOptions,
  'admission' | 'triedBefore' | 'stop' | 'settledBefore' | 'careful'
> {
  broker: Broker;
  guard: Guard;
  takeLease: TakeLease;
}

/** Rests before the queue is opened again after something broke, longer and longer (milliseconds). */
const rests = [500, 1_000, 2_000, 5_000];
/** A session that lasted so long was sound: what breaks it is a new trouble (milliseconds). */
const soundAfter = 10_000;

/**
 * Keeps one queue consumed for as long as the service lives: takes the lease over all replicas, waits while the system
 * is paused, and opens a new session whenever the last one ended (broker restarted, queue deleted, pause over).
 */
export class QueueConsumer {
  private readonly log = new Logger(QueueConsumer.name);
  private readonly leadership: Leadership;
  /** Failures to open the queue, one after the other. */
  private troubles = 0;
  private readonly settledBefore = new SettledBefore();
  private careful = false;
  private session?: Session | undefined;
  /** What this process does with the queue now. */
  state: 'standby' | 'paused' | 'consuming' | 'stopped' = 'standby';

  constructor(private readonly options: QueueConsumerOptions) {
    this.leadership = new Leadership({
      takeLease: (stop) => options.takeLease(options.queue, stop),
      work: (held) => this.consumeWhileHeld(held).finally(() => this.become('standby')),
      // A lease proves nothing: only a session that worked ends the troubles with the queue.
      troubles: { failed: (error) => this.failed(error), succeeded: () => undefined },
    });
  }

  start(): void {
    this.become('standby');
    this.leadership.start();
  }

  /** Finishes what is in hand, hands back what was not begun, and lets a standby take over. */
  async stop(): Promise<void> {
    await this.leadership.stop();
    this.become('stopped');
  }

  /** Ends without finishing anything, as when the process is lost: for tests of exactly that. */
  abandon(): void {
    this.leadership.abandon();
  }

  get inHand(): InHand {
    return this.session?.unsettled ?? { number: 0 };
  }

  private become(state: QueueConsumer['state']): void {
    this.state = state;
    consuming.set({ queue: this.options.queue }, state === 'consuming' ? 1 : 0);
  }

  private async consumeWhileHeld(stop: AbortSignal): Promise<void> {
    const triedBefore = new Set<string>();
    while (!stop.aborted) {
      this.become('paused');
      const begun = Date.now();
      try {
        const admission = await this.options.guard.admission(stop);
        if (admission === 'open') triedBefore.clear();
        this.become('consuming');
        const { settledBefore, careful } = this;
        const session = new Session({ ...this.options, admission, triedBefore, stop, settledBefore, careful });
        this.session = session;
        await session.run().finally(() => {
          this.session = undefined;
          this.careful = session.handedBack;
        });
        this.troubles = 0;
      } catch (error) {
        if (Date.now() - begun > soundAfter) this.troubles = 0;
        if (!stop.aborted) await rest(this.failed(error), stop);
      }
    }
  }

  /** Answers for how long to rest, milliseconds. */
  private failed(error: unknown): number {
    const { queue } = this.options;
    if (this.troubles === 0) this.log.warn(`queue ${queue}: ${(error as Error).message}; opening it again`);
    else if (this.troubles === rests.length)
      this.log.error(`queue ${queue} cannot be opened: ${(error as Error).message}`);
    return rests[Math.min(this.troubles++, rests.length - 1)]!;
  }
}
