import type { CloudEvent } from '#contracts';
import type { BatchContext, Delivery } from '../answering/delivery.js';
import type { Guard } from '../answering/guard.js';
import type { TakeLease } from '../consuming/take-lease.js';
import type { Answers } from '../answering/outcome.js';

/** A message where the transport keeps those that died. */
export interface Resting {
  body: Buffer;
  headers: Record<string, unknown>;
}

/** One running consumer of a queue under test. */
export interface RunningConsumer {
  /** Finishes what is in hand and ends. */
  close(): Promise<void>;
  /** Ends as a killed process does: nothing is finished or acknowledged. */
  die(): Promise<void>;
}

export interface ConsumeWith {
  handle(deliveries: Delivery[], context: BatchContext): Promise<Answers>;
  /** Messages in a batch; 10 unless given. */
  size?: number;
  guard?: Guard;
  system?: string;
  /** A lease of the database unless given. */
  takeLease?: TakeLease;
}

/**
 * What any transport of the house must offer to be held against the suite: two systems, each with a work queue for
 * BindingChanged that one consumer at a time works on, a ladder, a dead-letter queue, and a journal.
 */
export interface TransportUnderTest {
  systems: [string, string];
  /** Milliseconds of the ladder's steps in this test. */
  waits: number[];
  /** Messages that the journal holds at the most in this test. */
  journalHolds: number;
  consume(how: ConsumeWith): RunningConsumer;
  publish(event: CloudEvent): Promise<void>;
  /** Publishes an event that no queue takes. */
  publishToNowhere(): Promise<void>;
  /** Puts bytes into the work queue of the first system. */
  inject(body: Buffer): Promise<void>;
  /** Messages that wait in the work queue, held by nobody. */
  waiting(system?: string): Promise<number>;
  /** Messages on the ladder of the first system and among its dead. */
  elsewhere(): Promise<number>;
  /** Empties the dead-letter queue of the first system. */
  drainDead(): Promise<Resting[]>;
  journalDepth(): Promise<number>;
  deleteQueue(): Promise<void>;
  /** The broker closes every connection of the clients. */
  cutConnections(): Promise<void>;
  restartBroker(): Promise<void>;
  stop(): Promise<void>;
}
