import type { SettingTrouble } from '#platform';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BatchSize } from './batch.js';
import type { Broker } from '../broker/broker.js';
import type { BatchContext, Delivery } from '../answering/delivery.js';
import type { Guard } from '../answering/guard.js';
import type { TakeLease } from '../consuming/take-lease.js';
import { answers, done, type Answers, type Outcome } from '../answering/outcome.js';
import type { Publisher } from '../publishing/publisher.js';
import type { InHand } from '../consuming/outstanding.js';
import { handledMessages } from '../metrics.js';
import { QueueConsumer } from '../consuming/queue-consumer.js';
import type { HandlerPlan } from '../answering/answering.js';
import { Settler } from '../consuming/settle.js';
import { workQueue, type QueueDeclaration } from '../topology/topology.js';

export interface RabbitServerOptions {
  service: string;
  systems: readonly string[];
  topology: QueueDeclaration[];
  broker: Broker;
  publisher: Publisher;
  guardOf(system: string): Guard;
  takeLease: TakeLease;
}

/** What one process holds of one queue. */
export interface Hands {
  state: QueueConsumer['state'];
  inHand: InHand;
  /** Since the process began, by outcome; `again`: settled before, and brought again by the broker. */
  settled: Partial<Record<Outcome['kind'] | 'again', number>>;
}

/** A handler without {@link batch}: one message at a time. */
const single: BatchSize = { size: 1, waitMs: 0 };

/**
 * Nest transport strategy: ordinary `@EventPattern` methods, fed from one work queue for each system.
 * A method with `batch()` takes Delivery[] and returns Answers; one without takes a Delivery and returns an Outcome or
 * nothing (done). It publishes nothing itself: what follows a message stands in its outcome. What a method throws
 * decides as {@link failureOf} says.
 */
export class RabbitServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private consumers: QueueConsumer[] = [];

  constructor(private readonly options: RabbitServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    const plans = plansOf(this.messageHandlers);
    const sizes = [...plans.values()].map((plan) => plan.size);
    const waits = [...plans.values()].map((plan) => plan.waitMs);
    const { service, systems, topology, broker, publisher, guardOf, takeLease } = this.options;
    this.consumers = systems.map((system) => {
      const queue = workQueue(service, system);
      return new QueueConsumer({
        broker,
        queue,
        system,
        topology,
        planOf: (type) => plans.get(type),
        size: Math.max(1, ...sizes),
        waitMs: Math.max(0, ...waits),
        publisher,
        settler: new Settler(publisher, queue, service),
        guard: guardOf(system),
        takeLease,
      });
    });
    // Without waiting for the broker: health must be answered while it is away, and sessions wait for it themselves.
    broker.open().catch(() => {});
    for (const consumer of this.consumers) consumer.start();
    callback();
  }

  /** What this process does with the queue of a system now. */
  stateOf(system: string): QueueConsumer['state'] {
    return this.consumers[this.options.systems.indexOf(system)]?.state ?? 'standby';
  }

  /** What this process holds of the queue of a system now, and what became of the messages that it has settled. */
  async handsOf(system: string): Promise<Hands> {
    const consumer = this.consumers[this.options.systems.indexOf(system)];
    const queue = workQueue(this.options.service, system);
    const { values } = await handledMessages.get();
    const settled: Hands['settled'] = {};
    for (const { labels, value } of values)
      if (labels.queue === queue) settled[labels.outcome as keyof Hands['settled']] = value;
    return { state: this.stateOf(system), inHand: consumer?.inHand ?? { number: 0 }, settled };
  }

  get connected(): boolean {
    return this.options.broker.connected;
  }

  /** A wrong setting that keeps the broker away. */
  get brokerTrouble(): SettingTrouble | undefined {
    return this.options.broker.trouble;
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.options.publisher.close();
    await this.options.broker.close();
  }

  on(): void {
    throw new Error('RabbitServer has no events of its own');
  }

  unwrap<T>(): T {
    return this.options.broker as T;
  }
}

/** One plan for each method: patterns of the same method share one, so that a batch may mix their events. */
function plansOf(handlers: Map<string, MessageHandler>): Map<string, HandlerPlan> {
  const shared = new Map<unknown, HandlerPlan>();
  return new Map(
    [...handlers].map(([type, handler]) => {
      const declared = (handler.extras as { batch?: BatchSize } | undefined)?.batch;
      const plan = shared.get(declared ?? handler) ?? {
        ...(declared ?? single),
        handle: declared ? batchHandler(handler) : singleHandler(handler),
      };
      shared.set(declared ?? handler, plan);
      return [type, plan];
    }),
  );
}

async function resultOf(handler: MessageHandler, input: unknown, context: BatchContext): Promise<unknown> {
  const result: unknown = await handler(input, context);
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}

const batchHandler = (handler: MessageHandler) => (deliveries: Delivery[], context: BatchContext) =>
  resultOf(handler, deliveries, context) as Promise<Answers>;

const singleHandler = (handler: MessageHandler) => async (deliveries: Delivery[], context: BatchContext) => {
  const outcome = (await resultOf(handler, deliveries[0], context)) as Outcome | undefined;
  return answers(deliveries, () => outcome ?? done());
};
