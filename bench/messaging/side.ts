import type { CloudEvent } from '#contracts';
import type { ConsumeMessage } from 'amqplib';

/** What is compared: the same work by our library and by amqplib alone. */
export interface Side {
  /** All in one flight; resolves when the broker has confirmed every event. */
  publish(events: readonly CloudEvent[]): Promise<void>;
  /** Takes messages in batches of `size` until `handled` answers true, acknowledging each batch after it. */
  consume(size: number, handled: (count: number) => void): Promise<Consuming>;
  close(): Promise<void>;
}

export interface Consuming {
  stop(): Promise<void>;
}

/** Messages that a consumer may hold: our sessions ask for two batches. */
export const prefetchFor = (size: number): number => 2 * size;

export type Acknowledge = (batch: readonly ConsumeMessage[]) => void;
