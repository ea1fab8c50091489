import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { endChannel, type Broker, type QueueDeclaration } from '#messaging';
import { log, rest, Troubles } from '#platform';

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
  /** Messages in hand of each queue at the most. */
  prefetch: number;
  /** What one batch may weigh before its last message. */
  size: number;
  /** A message weighs 1 unless this says otherwise. */
  weigh?(message: ConsumeMessage): number;
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
        await rest(this.troubles.failed(error), stop);
      }
    }
  }

  private async session(stop: AbortSignal): Promise<void> {
    const { broker, topology, queues, prefetch, waitMs } = this.options;
    const channel = await broker.channel(stop);
    const hand = new Hand(this.options);
    const state = { open: true, ending: false };
    const end = (): void => {
      state.ending = true;
      hand.wake();
    };
    channel.on('close', () => {
      state.open = false;
      end();
    });
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
    const tags: string[] = [];
    try {
      await broker.stand(topology);
      await channel.prefetch(prefetch);
      for (const queue of queues) {
        const { consumerTag } = await channel.consume(queue, (message) => {
          if (message) hand.take({ message, queue });
          else end(); // cancelled by the broker: the queue was deleted or moved
        });
        tags.push(consumerTag);
      }
      while (!state.ending) {
        if (hand.empty) {
          await hand.change();
          continue;
        }
        if (!hand.full) await hand.change(waitMs);
        await this.handle(channel, hand.batch(), state);
      }
    } finally {
      stop.removeEventListener('abort', end);
      // Closing gives back what was not acknowledged.
      if (state.open) await endChannel(channel, tags).catch(() => undefined);
    }
  }

  private async handle(channel: ConfirmChannel, batch: Taken[], state: { open: boolean }): Promise<void> {
    await this.options.work(batch);
    this.troubles.succeeded();
    // Everything on the channel came in this order, so the last stands for all before it.
    if (state.open) channel.ack(batch.at(-1)!.message, true);
  }
}

/** Messages that have come and are not yet in a batch, in their order. */
class Hand {
  private readonly taken: Taken[] = [];
  private weight = 0;
  /** Somebody waits: for the first message, or for a full batch. */
  private waiting?: () => void;

  constructor(private readonly limits: Pick<BatchReaderOptions, 'prefetch' | 'size' | 'weigh'>) {}

  get empty(): boolean {
    return this.taken.length === 0;
  }

  /** As heavy as a batch may be, or nothing more may come of a queue. */
  get full(): boolean {
    return this.weight >= this.limits.size || this.taken.length >= this.limits.prefetch;
  }

  take(one: Taken): void {
    const first = this.empty;
    this.taken.push(one);
    this.weight += this.weightOf(one);
    if (first || this.full) this.wake();
  }

  wake(): void {
    this.waiting?.();
  }

  /** Until the first message comes or the batch is full, {@link wake} is called, or the milliseconds are over. */
  async change(ms?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.waiting = resolve;
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.waiting = undefined;
  }

  batch(): Taken[] {
    let count = 0;
    for (let weight = 0; count < this.taken.length && weight < this.limits.size; count++)
      weight += this.weightOf(this.taken[count]!);
    const batch = this.taken.splice(0, count);
    for (const one of batch) this.weight -= this.weightOf(one);
    return batch;
  }

  private weightOf({ message }: Taken): number {
    return this.limits.weigh?.(message) ?? 1;
  }
}
