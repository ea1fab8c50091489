import { randomBytes } from 'node:crypto';
import type { ConsumeMessage } from 'amqplib';
import { both, makeEvent, nothingDone, type CloudEvent, type DeadKind, type Failure } from '#contracts';
import { deadLetterId, type Delivery, type Received } from '../answering/delivery.js';
import { attemptHeader, attemptOf, copyHeader, deathHeaders, headersToKeep, withFailure } from '../topology/headers.js';
import { nextStep } from '../topology/ladder.js';
import type { Outcome, WhatWasDone } from '../answering/outcome.js';
import type { Publisher } from '../publishing/publisher.js';
import { deadQueue, retryQueue, type RetryStep } from '../topology/topology.js';

/** What is told to the others about a dead letter; nothing where nobody is concerned. */
type Notice = (
  delivery: Delivery,
  failure: Failure,
  known: WhatWasDone | undefined,
  service: string,
) => CloudEvent | undefined;

/** SynchronizationFailed, where the body or the handler tells whose the message was and of which revision. */
export const synchronizationFailed: Notice = (delivery, failure, known, service) => {
  const data = delivery.event.data as {
    system: string;
    code?: string;
    person?: { code: string };
    origin?: 'onec' | 'ims';
    revision?: number;
  };
  const code = data.code ?? data.person?.code;
  const revision = known?.revision ?? data.revision;
  const origin = known?.origin ?? data.origin ?? 'onec';
  if (code === undefined || revision === undefined) return undefined;
  return makeEvent(
    'itk.synchronization.failed.v1',
    {
      system: data.system,
      origin,
      code,
      revision,
      stage: service,
      kind: failure.kind as DeadKind,
      cause: failure.cause,
      ...(failure.about && { about: failure.about }),
      reason: failure.reason,
      counts: known?.counts ?? nothingDone,
      deadLetter: deadLetterId(delivery.event.id, delivery.queue),
      flaggedBy1C: false,
    },
    { service, traceparent: delivery.traceparent },
  );
};

const ladderUsedUp = (failure: Failure): Failure => ({
  ...failure,
  cure:
    failure.cure ??
    both(
      'Повторы исчерпаны: устраните причину и повторите сообщение',
      'Retries are used up: mend the cause and replay',
    ),
});

/** Publishes the copies that an outcome asks for. Resolves when they are confirmed: only then may the message be acked. */
export class Settler {
  constructor(
    private readonly publisher: Publisher,
    private readonly queue: string,
    private readonly service: string,
    private readonly notice: Notice = synchronizationFailed,
    private readonly random: () => number = Math.random,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns what really became of the message: a retry beyond the ladder is a death. */
  async settle(received: Received, outcome: Outcome): Promise<Outcome['kind']> {
    switch (outcome.kind) {
      case 'done':
      case 'superseded':
        return outcome.kind;
      case 'handBack':
        await this.copy(received.message, this.queue, headersToKeep(received.message.properties.headers));
        return 'handBack';
      case 'retry': {
        const attempt = attemptOf(received.message) + 1;
        const step = nextStep(attempt, this.random(), outcome.from);
        if (!step) return this.bury(received, ladderUsedUp(outcome.failure), outcome.known);
        await this.climb(received.message, outcome.failure, attempt, step);
        return 'retry';
      }
      case 'dead':
        return this.bury(received, outcome.failure, outcome.known);
    }
  }

  private async climb(message: ConsumeMessage, failure: Failure, attempt: number, step: RetryStep): Promise<void> {
    const headers = withFailure(headersToKeep(message.properties.headers), failure, this.now());
    await this.copy(message, retryQueue(this.queue, step), { ...headers, [attemptHeader]: attempt });
  }

  private async bury(received: Received, failure: Failure, known?: WhatWasDone): Promise<'dead'> {
    const { message, delivery } = received;
    const headers = withFailure(headersToKeep(message.properties.headers), failure, this.now());
    await this.copy(message, deadQueue(this.queue), {
      ...headers,
      ...deathHeaders(failure, this.service, message.fields.routingKey, this.now(), known?.revision),
    });
    const notice = delivery && this.notice(delivery, failure, known, this.service);
    if (notice) await this.publisher.publish(notice);
    return 'dead';
  }

  /** The same bytes, the same id and the same age, into one queue of ours. */
  private copy(message: ConsumeMessage, queue: string, headers: object): Promise<void> {
    const { messageId, type, contentType, timestamp } = message.properties as {
      messageId?: string;
      type?: string;
      contentType?: string;
      timestamp?: number;
    };
    return this.publisher.send({
      exchange: '',
      key: queue,
      body: message.content,
      ...(messageId && { messageId }),
      ...(type && { type }),
      ...(contentType && { contentType }),
      ...(timestamp && { timestamp }),
      headers: { ...headers, [copyHeader]: randomBytes(6).toString('base64url') },
    });
  }
}
