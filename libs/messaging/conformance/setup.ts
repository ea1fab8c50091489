import type { CloudEvent } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import type { Outcome } from '../answering/outcome.js';
import type { ConsumeWith, RunningConsumer, TransportUnderTest } from './transport.js';

/** What each test of the suite works with; made anew before it. */
export interface Setup {
  transport(): TransportUnderTest;
  /** The next event of a system; of the first unless given. */
  event(system?: string, text?: string): CloudEvent;
  publish(count: number, system?: string): Promise<void>;
  /** Ended after the test. */
  consume(how: ConsumeWith): RunningConsumer;
  /** Handles one by one and remembers what came. */
  collect(seen: Delivery[], answer?: (delivery: Delivery) => Outcome): Pick<ConsumeWith, 'handle'>;
}
