import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import { cloudEventContentType, consumerNames, parseEvent, routingKey, type CloudEvent } from '#contracts';
import { deadQueue, declare, exchange, journalQueue, kindOfDeath, topologyOf, workQueue } from '#messaging';
import { dieWithOneInHand } from '../harness/die-with-one-in-hand.js';
import type { RunningSystem } from '../harness/running-university.js';

export interface DeadLetter {
  queue: string;
  kind: string;
  /** Empty where the body is no event. */
  code: string;
  headers: Record<string, unknown>;
  body: string;
  messageId: string;
}

/** What lies in the broker, seen by somebody who is none of the services. */
export class BrokerView {
  /** By system id. */
  readonly letters = new Map<string, DeadLetter[]>();
  /** Every event that was published, by system id, in the order of the journal. */
  readonly journal = new Map<string, CloudEvent[]>();

  private constructor(
    private readonly connection: ChannelModel,
    private readonly channel: Channel,
    private readonly systems: readonly RunningSystem[],
  ) {}

  static async open(systems: readonly RunningSystem[]): Promise<BrokerView> {
    const connection = await connect(process.env.ITK_TEST_AMQP_URL!);
    connection.on('error', () => {});
    const channel = await connection.createConfirmChannel();
    await declare(channel, topologyOf(systems.map(({ id }) => id)));
    const view = new BrokerView(connection, channel, systems);
    await view.watch();
    return view;
  }

  private async watch(): Promise<void> {
    for (const { id } of this.systems) {
      for (const service of consumerNames) await this.drain(deadQueue(workQueue(service, id)), (m) => this.bury(id, m));
      await this.drain(journalQueue(id), (message) => this.write(id, message));
    }
  }

  private async drain(queue: string, take: (message: ConsumeMessage) => void): Promise<void> {
    await this.channel.consume(queue, (message) => message && take(message), { noAck: true });
  }

  private bury(id: string, { properties, content, fields }: ConsumeMessage): void {
    const body = content.toString();
    const letters = this.letters.get(id) ?? [];
    let code = '';
    try {
      code = (JSON.parse(body) as { subject?: string }).subject ?? '';
    } catch {
      // not JSON: nobody can say whose it was
    }
    const headers = (properties.headers ?? {}) as Record<string, unknown>;
    letters.push({
      queue: fields.routingKey,
      kind: kindOfDeath(properties.headers),
      code,
      headers,
      body,
      messageId: String(properties.messageId),
    });
    this.letters.set(id, letters);
  }

  private write(id: string, { content }: ConsumeMessage): void {
    const events = JSON.parse(content.toString()) as unknown[];
    const read = events.map((event) => parseEvent(JSON.stringify(event)));
    this.journal.set(id, [...(this.journal.get(id) ?? []), ...read]);
  }

  eventsOf<T extends CloudEvent['type']>(id: string, type: T): CloudEvent<T>[] {
    return (this.journal.get(id) ?? []).filter((event): event is CloudEvent<T> => event.type === type);
  }

  lettersOf(id: string): DeadLetter[] {
    return this.letters.get(id) ?? [];
  }

  /** As any service would: to whoever takes events of this type. */
  publish(event: CloudEvent): void {
    const { system } = event.data as { system: string };
    this.publishRaw(routingKey(system, event.type), Buffer.from(JSON.stringify(event)), event.id);
  }

  publishRaw(key: string, body: Buffer, messageId: string): void {
    this.channel.publish(exchange, key, body, { messageId, contentType: cloudEventContentType, persistent: true });
  }

  /** The same message into its work queue again, as if it had never been tried. */
  replay({ queue, body, messageId }: DeadLetter): void {
    this.channel.publish('', queue.replace(/\.dead$/, ''), Buffer.from(body), {
      messageId,
      contentType: cloudEventContentType,
      persistent: true,
    });
  }

  async waiting(queue: string): Promise<number> {
    const probe = await this.connection.createChannel();
    try {
      return (await probe.checkQueue(queue)).messageCount;
    } finally {
      await probe.close();
    }
  }

  /** Is a consumer that dies with one message in hand, so many times. @returns the message */
  dieWithOneInHand(queue: string, times: number): Promise<ConsumeMessage> {
    return dieWithOneInHand(this.connection, queue, times);
  }

  async close(): Promise<void> {
    await this.connection.close().catch(() => {});
  }
}
