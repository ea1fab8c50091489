import type { ConsumeMessage } from 'amqplib';
import { parseEvent, type CloudEvent, type EventType } from '#contracts';
import { beginStep, type Step } from '#platform';
import { attemptOf } from '../topology/headers.js';
import { continueTrace } from './trace.js';

/** One event in the hands of a handler. */
export interface Delivery<T extends EventType = EventType> {
  event: CloudEvent<T>;
  /** Failed tries so far: 0 at the first. */
  attempt: number;
  queue: string;
  system: string;
  /** To be handed on with what is published because of this event. */
  traceparent: string;
}

/** Handed to a batch handler beside its deliveries. */
export interface BatchContext {
  queue: string;
  system: string;
  /** Aborted when the service stops or the lease on the queue is lost: begin nothing new. */
  signal: AbortSignal;
}

/** A message that came; without a delivery when it was not even an event. */
export interface Received {
  message: ConsumeMessage;
  delivery?: Delivery;
}

/** @throws ContractError */
export function toDelivery(message: ConsumeMessage, queue: string, system: string): Delivery {
  const event = parseEvent(message.content);
  const attempt = attemptOf(message);
  const before = event.traceparent ?? (message.properties.headers?.['traceparent'] as string | undefined);
  const step = beginStep({
    ...{ name: `${queue.split('.')[0]} ${event.type}`, kind: 'consumer', ...(before && { parent: before }) },
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': queue,
      'messaging.message.id': event.id,
      'itk.system': system,
      'itk.attempt': attempt,
    },
  });
  let traceparent = step?.traceparent;
  const delivery: Delivery = {
    event,
    attempt,
    queue,
    system,
    // Made when somebody publishes because of this event; most do not.
    get traceparent() {
      return (traceparent ??= continueTrace(before));
    },
  };
  if (step) steps.set(delivery, step);
  return delivery;
}

const steps = new WeakMap<Delivery, Step>();

/** Its part of the trace is over. */
export const endStep = (delivery: Delivery, failure?: string): void => steps.get(delivery)?.end(failure);

/** Key of a dead letter: the same event may die in several queues. */
export const deadLetterId = (eventId: string, queue: string): string => `${eventId}/${queue}`;
