import { connect, type ChannelModel } from 'amqplib';
import { cloudEventContentType } from '#contracts';
import { deliveryLimit, workQueue } from '#messaging';
import { dieWithOneInHand } from '../../harness/die-with-one-in-hand.js';
import type { RunningUniversity } from '../../harness/running-university.js';
import { until } from '../../harness/until.js';

/** What a foreign program may leave in a work queue. */
const rubbish = ['{ not JSON', '{"specversion":"1.0","id":"half","type":"itk.user.provisioned.v1"}'];
export const rubbishPerSystem = rubbish.length;

async function withBroker<T>(url: string, work: (connection: ChannelModel) => Promise<T>): Promise<T> {
  const connection = await connect(url);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Messages that are no events, straight into the queues of the Moodle side. */
export const leaveRubbish = (url: string, running: RunningUniversity): Promise<void> =>
  withBroker(url, async (connection) => {
    const channel = await connection.createConfirmChannel();
    for (const { id } of running.systems)
      for (const [index, body] of rubbish.entries()) {
        const queue = workQueue(index % 2 === 0 ? 'user-provisioner' : 'course-enroller', id);
        channel.sendToQueue(queue, Buffer.from(body), {
          messageId: `rubbish-${index}`,
          contentType: cloudEventContentType,
          persistent: true,
        });
      }
    await channel.waitForConfirms();
  });

/**
 * The first message that waits for the user-provisioner of each system has its consumer die until the broker ends it.
 * @returns whose it was, by place of the system
 */
export const killConsumers = (url: string, { systems }: RunningUniversity, ms: number): Promise<string[]> =>
  withBroker(url, async (connection) => {
    const codes: string[] = [];
    const probe = await connection.createChannel();
    for (const { id } of systems) {
      const queue = workQueue('user-provisioner', id);
      await until(`students wait in ${queue}`, async () => (await probe.checkQueue(queue)).messageCount > 0, ms);
      const { content } = await dieWithOneInHand(connection, queue, deliveryLimit + 1);
      codes.push((JSON.parse(content.toString()) as { subject: string }).subject);
    }
    return codes;
  });
