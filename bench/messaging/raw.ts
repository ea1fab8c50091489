import { connect, type Channel, type ConsumeMessage } from 'amqplib';
import { cloudEventBatchContentType, cloudEventContentType, routingKey, type CloudEvent } from '#contracts';
import { exchange, journalCountHeader, journalExchange, journalKey } from '#messaging';
import { prefetchFor, type Acknowledge, type Side } from './side.js';

/** amqplib as one would write it for this very task: the same properties on the wire, nothing else done. */
export async function raw(
  url: string,
  queue: string,
  { journal, acknowledge }: { journal: boolean; acknowledge: 'each' | 'batch' },
): Promise<Side> {
  const connection = await connect(url);
  const publishing = await connection.createConfirmChannel();

  let journaled = 0;
  /** One copy of the whole flight. */
  const copy = (events: readonly CloudEvent[], bodies: readonly Buffer[]) => {
    const comma = Buffer.from(',');
    const inTurn = bodies.flatMap((body, index) => (index === 0 ? [body] : [comma, body]));
    const properties = {
      persistent: true,
      timestamp: Math.floor(Date.now() / 1000),
      contentType: cloudEventBatchContentType,
      headers: { [journalCountHeader]: `raw/${journaled + 1}-${(journaled += bodies.length)}` },
    };
    const body = Buffer.concat([Buffer.from('['), ...inTurn, Buffer.from(']')]);
    publishing.publish(journalExchange, journalKey(events[0]!.data.system), body, properties, () => undefined);
  };

  const publish = (events: readonly CloudEvent[]) =>
    new Promise<void>((resolve, reject) => {
      const bodies: Buffer[] = [];
      let open = events.length;
      const confirmed = (error: Error | null) => {
        if (error) reject(error);
        else if (--open === 0) resolve();
      };
      for (const event of events) {
        const key = routingKey(event.data.system, event.type);
        const body = Buffer.from(JSON.stringify(event));
        const properties = {
          persistent: true,
          messageId: event.id,
          timestamp: Math.floor(Date.now() / 1000),
          type: event.type,
          contentType: cloudEventContentType,
          headers: { traceparent: event.traceparent },
        };
        publishing.publish(exchange, key, body, { ...properties, mandatory: true }, confirmed);
        if (journal) bodies.push(body);
      }
      if (journal) copy(events, bodies);
    });

  return {
    publish,
    consume: async (size, handled) => {
      const channel = await connection.createChannel();
      await channel.prefetch(prefetchFor(size));
      const { take, idle } = batches(size, handled, acknowledgeBy(channel, acknowledge));
      await channel.consume(queue, (message) => message && take(message));
      return { stop: () => idle().then(() => channel.close()) };
    },
    close: () => connection.close(),
  };
}

const acknowledgeBy = (channel: Channel, how: 'each' | 'batch'): Acknowledge =>
  how === 'batch'
    ? (batch) => channel.ack(batch.at(-1)!, true)
    : (batch) => batch.forEach((message) => channel.ack(message));

/** One batch at a time: reads it, waits for its handler, acknowledges it. */
function batches(size: number, handled: (count: number) => void, acknowledge: Acknowledge) {
  const inHand: ConsumeMessage[] = [];
  let working: Promise<void> | undefined;
  const handle = async (events: CloudEvent[]) => handled(events.length);
  const work = async () => {
    while (inHand.length >= size) {
      const batch = inHand.splice(0, size);
      await handle(batch.map((message) => JSON.parse(message.content.toString()) as CloudEvent));
      acknowledge(batch);
    }
    working = undefined;
  };
  return {
    take: (message: ConsumeMessage) => {
      inHand.push(message);
      if (!working && inHand.length >= size) working = work();
    },
    idle: async () => working,
  };
}
