import { connect, type ConsumeMessage } from 'amqplib';
import { ladder, retryQueue, workQueue } from '#messaging';
import { until } from '../harness/until.js';

/**
 * Copies of all messages that wait for these services, on the ladder too. Only while the services are stopped: it raises
 * the broker's delivery counts by one, and whoever waits on the ladder has waited long enough.
 * @param count so many there must be
 */
export async function copiesOfWaiting(
  system: string,
  services: readonly string[],
  count: number,
): Promise<ConsumeMessage[]> {
  const connection = await connect(process.env.ITK_TEST_AMQP_URL!);
  try {
    const channel = await connection.createChannel();
    const copies: ConsumeMessage[] = [];
    for (const service of services) {
      const queue = workQueue(service, system);
      for (const name of [queue, ...ladder.map((step) => retryQueue(queue, step.name))])
        await channel.consume(name, (message) => message && copies.push(message));
    }
    await until(`${count} messages of ${system} are seen`, () => copies.length >= count, 20_000);
    return copies;
  } finally {
    await connection.close();
  }
}
