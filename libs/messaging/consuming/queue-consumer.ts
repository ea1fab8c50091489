import { setTimeout as rest } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Broker } from '../broker/broker.js';
import type { Guard, TakeHold } from '../answering/guard.js';
import { consuming } from '../metrics.js';
import { Session, type SessionOptions } from './session.js';
import { SettledBefore } from './settled-before.js';

export interface QueueConsumerOptions extends Omit<
  SessionOptions,
  'admission' | 'triedBefore' | 'stop' | 'settledBefore' | 'careful'
> {
  broker: Broker;
  guard: Guard;
  takeHold: TakeHold;
}

/** Rests before the queue is opened again after something broke, longer and longer (milliseconds). */
const rests = [500, 1_000, 2_000, 5_000];
/** A session that lasted so long was sound: what breaks it is a new trouble (milliseconds). */
const soundAfter = 10_000;

/**
 * Keeps one queue consumed for as long as the service lives: takes the hold over all replicas, waits while the system
 * is paused, and opens a new session whenever the last one ended (broker restarted, queue deleted, pause over).
 */
export class QueueConsumer {
  private readonly log = new Logger(QueueConsumer.name);
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  /** Failures to open the queue, one after the other. */
  private troubles = 0;
  private readonly settledBefore = new SettledBefore();
  private careful = false;
  /** What this process does with the queue now. */
  state: 'standby' | 'paused' | 'consuming' | 'stopped' = 'standby';

  constructor(private readonly options: QueueConsumerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes what is in hand, hands back what was not begun, and lets a standby take over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.become('stopped');
  }

  /** Ends without finishing anything, as when the process is lost: for tests of exactly that. */
  abandon(): void {
    this.stopping.abort();
  }

  private become(state: QueueConsumer['state']): void {
    this.state = state;
    consuming.set({ queue: this.options.queue }, state === 'consuming' ? 1 : 0);
  }

  private async run(): Promise<void> {
    const stop = this.stopping.signal;
    while (!stop.aborted) {
      this.become('standby');
      try {
        const hold = await this.options.takeHold(this.options.queue, stop);
        try {
          await this.consumeWhileHeld(AbortSignal.any([stop, hold.lost]));
        } finally {
          await hold.release().catch(() => {});
        }
      } catch (error) {
        await this.afterTrouble(error, stop);
      }
    }
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
        await session.run().finally(() => (this.careful = session.handedBack));
        this.troubles = 0;
      } catch (error) {
        if (Date.now() - begun > soundAfter) this.troubles = 0;
        await this.afterTrouble(error, stop);
      }
    }
  }

  private async afterTrouble(error: unknown, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    const { queue } = this.options;
    if (this.troubles === 0) this.log.warn(`queue ${queue}: ${(error as Error).message}; opening it again`);
    else if (this.troubles === rests.length)
      this.log.error(`queue ${queue} cannot be opened: ${(error as Error).message}`);
    const pause = rests[Math.min(this.troubles++, rests.length - 1)];
    await rest(pause, undefined, { signal: stop }).catch(() => {});
  }
}
