import { z } from 'zod';
import { both } from '#contracts';
import { readSecret, type Configuration } from '#platform';
import { call, CallError } from '../../outgoing/call.js';
import { queuesOf, type QueueDepth } from './names.js';

export type Management = NonNullable<Configuration['broker']['management']>;

/** Of a queue that has just been made the API has no numbers yet. */
const number = z.int().min(0).optional().default(0);
const answerSchema = z.array(
  z.object({ name: z.string(), messages_ready: number, messages_unacknowledged: number, consumers: number }),
);

/** Bytes: some hundred for each queue, and other queues may lie in the same virtual host. */
const largestAnswer = 8 * 1024 * 1024;

/** `amqp://host/itk` -> `itk`; without a path it is the default one. */
export function virtualHostOf(brokerUrl: string): string {
  const path = new URL(brokerUrl).pathname.slice(1);
  return path === '' ? '/' : decodeURIComponent(path);
}

/** Depths of every queue of these systems in one call, those in the hands of consumers too. @throws CallError */
export async function depthsByManagement(
  { url, user, passwordFile }: Management,
  virtualHost: string,
  systems: readonly string[],
): Promise<QueueDepth[]> {
  const columns = 'name,messages_ready,messages_unacknowledged,consumers';
  const text = await call(`${url}/api/queues/${encodeURIComponent(virtualHost)}?columns=${columns}`, {
    method: 'GET',
    headers: { authorization: `Basic ${Buffer.from(`${user}:${readSecret(passwordFile)}`).toString('base64')}` },
    atMost: largestAnswer,
  });
  const found = new Map(read(text).map((queue) => [queue.name, queue]));
  return systems.flatMap(queuesOf).map((name) => {
    const queue = found.get(name.queue);
    if (!queue) return name;
    const { messages_ready: ready, messages_unacknowledged: unacknowledged, consumers } = queue;
    return { ...name, ready, unacknowledged, consumers };
  });
}

function read(text: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch {
    throw new CallError(
      both(
        'Это не ответ API управления RabbitMQ: проверьте broker.management.url',
        "This is no answer of RabbitMQ's management API: check broker.management.url",
      ),
    );
  }
}
