import type { ConfirmChannel } from 'amqplib';
import { exchange, journalExchange, type QueueDeclaration } from './topology.js';

/** The broker's user may declare nothing, and something that must stand is not there. */
export class MissingTopologyError extends Error {
  override name = 'MissingTopologyError';
  constructor(options?: ErrorOptions) {
    super('queues of a system are missing, and this user may not make them: run itk prepare broker', options);
  }
}

/** Declares exchanges, queues and bindings. Idempotent; fails when a queue stands with other arguments. */
export async function declare(channel: ConfirmChannel, queues: readonly QueueDeclaration[]): Promise<void> {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await channel.assertExchange(journalExchange, 'topic', { durable: true });
  await Promise.all(
    queues.flatMap((queue) => [
      channel.assertQueue(queue.name, { durable: true, arguments: queue.arguments }),
      ...queue.bindings.map((key) => channel.bindQueue(queue.name, queue.from ?? exchange, key)),
    ]),
  );
}

/**
 * Declares the topology on a channel of its own; for a user that may not (`itk prepare broker` gives services no right to
 * configure) it looks whether all of it stands.
 * @returns whether this user may declare: a refusal need not be asked for again
 * @throws MissingTopologyError
 */
export async function standTopology(
  open: () => Promise<ConfirmChannel>,
  queues: readonly QueueDeclaration[],
  mayDeclare: boolean,
): Promise<boolean> {
  if (mayDeclare)
    try {
      await onChannel(open, (channel) => declare(channel, queues));
      return true;
    } catch (error) {
      if (codeOf(error) !== accessRefused) throw error;
    }
  await onChannel(open, (channel) => look(channel, queues)).catch((missing: unknown) => {
    throw codeOf(missing) === notFound ? new MissingTopologyError({ cause: missing }) : missing;
  });
  return false;
}

/** AMQP's reply codes. A passive declaration asks for no right. */
const [accessRefused, notFound] = [403, 404];
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

async function look(channel: ConfirmChannel, queues: readonly QueueDeclaration[]): Promise<void> {
  await channel.checkExchange(exchange);
  await channel.checkExchange(journalExchange);
  for (const { name } of queues) await channel.checkQueue(name);
}

/** The broker closes a channel on which it refused something. */
async function onChannel(
  open: () => Promise<ConfirmChannel>,
  work: (channel: ConfirmChannel) => Promise<void>,
): Promise<void> {
  const channel = await open();
  channel.on('error', () => {});
  await work(channel);
  await channel.close();
}
