import { setTimeout as rest } from 'node:timers/promises';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { declare, type Broker, type QueueDeclaration } from '#messaging';
import { log, Troubles } from '#platform';

/** A message with the queue in which it was found. */
export interface Taken {
  message: ConsumeMessage;
  queue: string;
}

export interface BatchReaderOptions {
  name: string;
  broker: Broker;
  /** Declared before the queues are opened: they may have been deleted. */
  topology: QueueDeclaration[];
  queues: readonly string[];
  /** Messages in hand of each queue, and in one batch, at the most. */
  prefetch: number;
  size: number;
  /** Milliseconds to wait for a batch to fill. */
  waitMs: number;
  /** Stores a batch; what it throws leaves the batch with the broker, which delivers it again. */
  work(batch: Taken[]): Promise<void>;
}

/** Takes messages of several queues in batches, and acknowledges each batch when its work is done. */
export class BatchReader {
  private readonly troubles: Troubles;

  constructor(private readonly options: BatchReaderOptions) {
    this.troubles = new Troubles(log('BatchReader'), 'reading broke off', { name: options.name });
  }

  /** Until `stop` aborts; then the batch in hand is finished, and the rest stays with the broker. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        await this.session(stop);
      } catch (error) {
        if (stop.aborted) return;
        await rest(this.troubles.failed(error), undefined, { signal: stop }).catch(() => undefined);
      }
    }
  }

  private async session(stop: AbortSignal): Promise<void> {
    const { broker, topology, queues, prefetch } = this.options;
    const channel = await orStop(broker.channel(), stop);
    const inHand: Taken[] = [];
    const state = { open: true, ending: false };
    let wake = (): void => undefined;
    const end = (): void => {
      state.ending = true;
      wake();
    };
    channel.on('close', () => {
      state.open = false;
      end();
    });
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
    try {
      await declare(channel, topology);
      await channel.prefetch(prefetch);
      for (const queue of queues)
        await channel.consume(queue, (message) => {
          if (message) inHand.push({ message, queue });
          else end(); // cancelled by the broker: the queue was deleted or moved
          wake();
        });
      while (!state.ending) {
        if (inHand.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (state.ending || inHand.length > 0) resolve();
          });
          continue;
        }
        if (inHand.length < this.options.size) await rest(this.options.waitMs);
        await this.handle(channel, inHand.splice(0, this.options.size), state);
      }
    } finally {
      stop.removeEventListener('abort', end);
      // Closing gives back what was not acknowledged.
      if (state.open) await channel.close().catch(() => undefined);
    }
  }

  private async handle(channel: ConfirmChannel, batch: Taken[], state: { open: boolean }): Promise<void> {
    await this.options.work(batch);
    this.troubles.succeeded();
    // Everything on the channel came in this order, so the last stands for all before it.
    if (state.open) channel.ack(batch.at(-1)!.message, true);
  }
}

/** While the broker is away a channel may not come for long. */
const orStop = <T>(work: Promise<T>, stop: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => reject(stop.reason as Error);
    if (stop.aborted) onAbort();
    stop.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', onAbort));
  });
