import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConfirmChannel, Message, MessagePropertyHeaders, Options } from 'amqplib';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { cloudEventContentType, eventTypes, isOfType, routingKey, type CloudEvent } from '#contracts';
import { BrokerUnavailableError, RefusedByBrokerError, type Broker } from '../broker/broker.js';
import { JournalCopies } from './journal-copies.js';
import { publishedMessages, unroutableMessages } from '../metrics.js';
import { exchange } from '../topology/topology.js';

/** The broker confirmed the message but no queue took it: the topology is broken, and the message would be gone. */
export class UnroutableError extends Error {
  override name = 'UnroutableError';
  constructor(readonly key: string) {
    super(`no queue takes messages with the key ${key}: declare the topology of this system (restart any service)`);
  }
}

export interface Outgoing {
  exchange: string;
  key: string;
  body: Buffer;
  messageId?: string;
  type?: string;
  contentType?: string;
  headers?: MessagePropertyHeaders;
  /** Unix seconds since when it is under way; now unless given. */
  timestamp?: number;
}

const propertiesOf = ({ type, contentType, headers, timestamp }: Outgoing): Options.Publish => ({
  persistent: true,
  timestamp: timestamp ?? Math.floor(Date.now() / 1000),
  ...(type && { type }),
  ...(contentType && { contentType }),
  ...(headers && { headers }),
});

/** A failure without a dead letter, as of a student whom 1C itself finds faulty: no queue keeps it for the console. */
const isOnlyInJournal = (event: CloudEvent): boolean =>
  isOfType(event, eventTypes.SynchronizationFailed) && event.data.deadLetter === undefined;

/** Events written in one turn of the event loop. */
const atOnce = 100;

/** Publishes persistently with confirms and `mandatory`; a promise resolves when the broker has the message safe. */
export class Publisher implements OnModuleDestroy {
  private readonly log = new Logger(Publisher.name);
  private channel?: Promise<ConfirmChannel>;
  /** The channel once it is open: publishing does not wait a turn for it. */
  private standing?: ConfirmChannel;
  private readonly returned = new Set<string>();
  private readonly givenUp = new AbortController();
  private watch?: NodeJS.Timeout;
  private readonly copies: JournalCopies;

  constructor(
    private readonly broker: Broker,
    /** Name of the service, for the `source` of its events. */
    readonly service: string,
  ) {
    this.copies = new JournalCopies(`${service}-${randomBytes(4).toString('hex')}`, () => this.standing);
  }

  /** @throws UnroutableError, RefusedByBrokerError, BrokerUnavailableError */
  async publish(event: CloudEvent): Promise<void> {
    const message: Outgoing = {
      exchange,
      key: routingKey(event.data.system, event.type, 'origin' in event.data ? event.data.origin : undefined),
      body: Buffer.from(JSON.stringify(event)),
      messageId: event.id,
      type: event.type,
      contentType: cloudEventContentType,
      ...(event.traceparent && { headers: { traceparent: event.traceparent } }),
    };
    const channel = this.standing ?? (await this.open());
    const published = this.confirmed(channel, message);
    const { system } = event.data;
    if (isOnlyInJournal(event)) await Promise.all([published, this.copies.addSurely(system, message.body)]);
    else {
      this.copies.add(system, message.body);
      await published;
    }
    publishedMessages.inc({ type: event.type });
  }

  /** All, in one flight; rejects with the first error after every one has been answered. */
  async publishAll(events: readonly CloudEvent[]): Promise<void> {
    const answered: Promise<PromiseSettledResult<void>[]>[] = [];
    for (let begin = 0; begin < events.length; begin += atOnce) {
      // What is written goes out between two turns: who consumes it begins while the rest is made.
      if (begin > 0) await nextTurn();
      answered.push(Promise.allSettled(events.slice(begin, begin + atOnce).map((event) => this.publish(event))));
    }
    for (const result of (await Promise.all(answered)).flat()) if (result.status === 'rejected') throw result.reason;
  }

  /** Any message of ours; resolves after the confirm. */
  async send(message: Outgoing): Promise<void> {
    await this.confirmed(this.standing ?? (await this.open()), message);
  }

  private confirmed(channel: ConfirmChannel, message: Outgoing): Promise<void> {
    const messageId = message.messageId ?? randomUUID();
    return new Promise<void>((resolve, reject) => {
      const confirmed = (error: Error | null) => {
        if (this.returned.delete(messageId)) reject(new UnroutableError(message.key));
        else if (!error) resolve();
        else if (error.message === 'message nacked')
          reject(new RefusedByBrokerError(`the broker refused a message for ${message.key}`));
        else reject(new BrokerUnavailableError('the connection broke before the broker confirmed', { cause: error }));
      };
      try {
        channel.publish(
          message.exchange,
          message.key,
          message.body,
          { ...propertiesOf(message), messageId, mandatory: true },
          confirmed,
        );
      } catch (error) {
        reject(new BrokerUnavailableError('the channel is closed', { cause: error }));
      }
    });
  }

  private open(): Promise<ConfirmChannel> {
    this.channel ??= this.broker
      .channel(this.givenUp.signal)
      .then((channel) => {
        channel.on('return', (message: Message) => {
          const { messageId, type } = message.properties as { messageId?: string; type?: string };
          if (messageId) this.returned.add(messageId);
          unroutableMessages.inc({ key: message.fields.routingKey });
          this.log.error(
            `ALARM: no queue took message ${messageId} (${type}) with the key ${message.fields.routingKey}`,
          );
        });
        channel.on('close', () => {
          this.channel = undefined;
          this.standing = undefined;
          this.returned.clear();
        });
        this.standing = channel;
        return channel;
      })
      .catch((error: unknown) => {
        this.channel = undefined;
        throw new BrokerUnavailableError('the broker cannot be reached', { cause: error });
      });
    return this.channel;
  }

  /** When the broker holds back what is published, with its reason, and when that is over. */
  onHeldBack(listener: (reason: string | undefined) => void): void {
    this.broker.onHeldBack(listener);
  }

  get heldBack(): string | undefined {
    return this.broker.heldBack;
  }

  /** Why the broker takes nothing, asked by a message that goes nowhere. */
  takes(): Promise<string | undefined> {
    return this.broker.takes();
  }

  /**
   * The service closes, and what is in hand is finished. From now on nobody waits for a broker that is away or takes
   * nothing: what was not confirmed was not acknowledged, and comes again.
   */
  onModuleDestroy(): void {
    let stuck = 0;
    this.watch = setInterval(() => {
      const waits = this.channel !== undefined && (!this.broker.connected || this.broker.heldBack !== undefined);
      stuck = waits ? stuck + 1 : 0;
      if (stuck >= patience) void this.giveUp();
    }, lookEvery).unref();
  }

  private async giveUp(): Promise<void> {
    clearInterval(this.watch);
    this.givenUp.abort();
    await this.broker.close();
  }

  /** Waits for the confirms still out and closes the connection. */
  async close(): Promise<void> {
    await this.standing?.waitForConfirms().catch(() => {});
    await this.giveUp();
  }
}

/** Looks at the broker while closing: so many milliseconds apart, and so many in vain until it is given up. */
const [lookEvery, patience] = [200, 5];
