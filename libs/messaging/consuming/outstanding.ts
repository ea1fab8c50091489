import type { ConfirmChannel, ConsumeMessage } from 'amqplib';

type Tagged = Pick<ConsumeMessage, 'fields'>;

/** What of a queue is in the hands of one process. */
export interface InHand {
  number: number;
  /** Since when the one is under way that has been so for the longest, milliseconds. */
  oldest?: number;
}

/** Milliseconds that an acknowledgement waits for those before it, so that one may stand for all of them. */
const longestWait = 10_000;
/** Commands that a quorum queue's channel surely takes in before it begins to keep them back. */
const atOnce = 16;

/**
 * Messages delivered on one channel and not yet acknowledged.
 *
 * A quorum queue's channel sends 32 commands at a time and keeps back the rest; what it keeps back is lost when the
 * channel is closed, and the messages come again though they were settled. So acknowledgements are few: one stands for
 * all before it. And the last ones have arrived before the channel is closed: see {@link endChannel}.
 */
export class Outstanding {
  /** In the order of delivery; true: settled, to be acknowledged. */
  private readonly tags = new Map<number, boolean>();
  /** Unix seconds of those not settled, by their tags. */
  private readonly published = new Map<number, number | undefined>();
  private waitingSince = Infinity;

  constructor(
    private readonly channel: Pick<ConfirmChannel, 'ack' | 'nack'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  took({ fields, properties }: Pick<ConsumeMessage, 'fields' | 'properties'>): void {
    this.tags.set(fields.deliveryTag, false);
    this.published.set(fields.deliveryTag, properties.timestamp as number | undefined);
  }

  settled({ fields }: Tagged): void {
    this.tags.set(fields.deliveryTag, true);
    this.published.delete(fields.deliveryTag);
    this.waitingSince = Math.min(this.waitingSince, this.now());
  }

  get inHand(): InHand {
    const times = [...this.published.values()].filter((seconds) => seconds !== undefined);
    return { number: this.published.size, ...(times.length > 0 && { oldest: Math.min(...times) * 1_000 }) };
  }

  /** Everything settled from the front on, by one acknowledgement; the rest when it has waited too long. */
  acknowledge(): void {
    let last: number | undefined;
    for (const [tag, settled] of this.tags) {
      if (!settled) break;
      last = tag;
      this.tags.delete(tag);
    }
    if (last !== undefined) this.channel.ack(messageOf(last), true);
    if (this.now() - this.waitingSince > longestWait) {
      for (const [tag, settled] of this.tags) {
        if (!settled) continue;
        this.tags.delete(tag);
        this.channel.ack(messageOf(tag));
      }
    }
    if (![...this.tags.values()].includes(true)) this.waitingSince = Infinity;
  }

  /**
   * Before the channel is closed: acknowledges what is settled and gives back the rest, which the closing would do too,
   * so that one command stands for each row of neighbours that end alike. `arrive` waits for the broker.
   */
  async conclude(arrive: () => Promise<unknown>): Promise<void> {
    const rows: { last: number; settled: boolean }[] = [];
    for (const [last, settled] of this.tags) {
      if (rows.at(-1)?.settled === settled) rows.at(-1)!.last = last;
      else rows.push({ last, settled });
    }
    this.tags.clear();
    for (const [index, { last, settled }] of rows.entries()) {
      if (settled) this.channel.ack(messageOf(last), true);
      else this.channel.nack(messageOf(last), true, true);
      if (index % atOnce === atOnce - 1) await arrive();
    }
  }
}

/** amqplib reads nothing but the tag. */
const messageOf = (deliveryTag: number) => ({ fields: { deliveryTag } }) as ConsumeMessage;
