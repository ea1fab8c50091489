import { setTimeout as rest } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Broker } from './broker.js';
import type { Guard, TakeHold } from './guard.js';
import { consuming } from './metrics.js';
import { Session, type SessionOptions } from './session.js';

export interface QueueConsumerOptions extends Omit<SessionOptions, 'hold' | 'admission' | 'stop'> {
  broker: Broker;
  guard: Guard;
  takeHold: TakeHold;
}

/** Rest before the queue is opened again after something broke (milliseconds). */
const afterTrouble = 500;

/**
 * Keeps one queue consumed for as long as the service lives: takes the hold over all replicas, waits while the system
 * is paused, and opens a new session whenever the last one ended (broker restarted, queue deleted, pause over).
 */
export class QueueConsumer {
  private readonly log = new Logger(QueueConsumer.name);
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
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
    while (!stop.aborted) {
      this.become('paused');
      try {
        const admission = await this.options.guard.admission(stop);
        this.become('consuming');
        const session = new Session({ ...this.options, admission, stop });
        await session.run();
      } catch (error) {
        await this.afterTrouble(error, stop);
      }
    }
  }

  private async afterTrouble(error: unknown, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    this.log.warn(`queue ${this.options.queue}: ${(error as Error).message}; opening it again`);
    await rest(afterTrouble, undefined, { signal: stop }).catch(() => {});
  }
}
