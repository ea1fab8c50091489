import { connect, type ChannelModel, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import { Logger } from '@nestjs/common';
import { exchange, journalExchange, type QueueDeclaration } from './topology.js';

/** The broker cannot be reached, or the connection broke before it answered. Nothing is lost: do it again. */
export class BrokerUnavailableError extends Error {
  override name = 'BrokerUnavailableError';
}

/** One connection that comes back by itself. `topology` is declared anew after every reconnect. */
export class Broker {
  private readonly log = new Logger(Broker.name);
  private connection?: RecoveringChannelModel;
  private opening?: Promise<RecoveringChannelModel>;
  connected = false;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly topology: QueueDeclaration[] = [],
  ) {}

  /** A fresh channel; waits until there is a connection. */
  async channel(): Promise<ConfirmChannel> {
    const connection = await this.open();
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => this.log.warn(`channel closed by the broker: ${error.message}`));
    return channel;
  }

  /** Opens the connection; resolves when it stands for the first time. */
  async open(): Promise<RecoveringChannelModel> {
    this.opening ??= this.dial();
    return this.opening;
  }

  private async dial(): Promise<RecoveringChannelModel> {
    const connection = await connect(this.url, {
      timeout: 10_000,
      clientProperties: { connection_name: this.name },
      recovery: {
        initialDelay: 100,
        maxDelay: 5_000,
        waitForConnect: false,
        setup: async (model: ChannelModel) => {
          if (this.topology.length === 0) return;
          const channel = await model.createConfirmChannel();
          channel.on('error', () => {});
          await declare(channel, this.topology);
          await channel.close();
        },
      },
    });
    this.connection = connection;
    connection.on('connect', () => {
      this.connected = true;
    });
    connection.on('disconnect', (error: Error) => {
      this.connected = false;
      this.log.warn(`connection to the broker lost: ${error.message}`);
    });
    connection.on('connect-failed', (error: Error) => this.log.warn(`the broker cannot be reached: ${explain(error)}`));
    connection.on('blocked', (reason: string) =>
      this.log.error(`the broker takes no messages (${reason}): give it memory or disk`),
    );
    connection.on('error', () => {}); // 'disconnect' follows and says the same
    await connection.waitForConnect();
    return connection;
  }

  async close(): Promise<void> {
    this.connected = false;
    await this.connection?.close();
  }
}

/** AggregateError of several addresses has an empty text of its own. */
const explain = (error: Error & { errors?: Error[] }): string =>
  error.message || (error.errors ?? []).map((each) => each.message).join('; ') || error.name;

/** Declares exchanges, queues and bindings. Idempotent; fails when a queue stands with other arguments. */
export async function declare(channel: ConfirmChannel, queues: QueueDeclaration[]): Promise<void> {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await channel.assertExchange(journalExchange, 'topic', { durable: true });
  await Promise.all(
    queues.flatMap((queue) => [
      channel.assertQueue(queue.name, { durable: true, arguments: queue.arguments }),
      ...queue.bindings.map((key) => channel.bindQueue(queue.name, queue.from ?? exchange, key)),
    ]),
  );
}
