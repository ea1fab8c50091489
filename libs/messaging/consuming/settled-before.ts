import type { ConsumeMessage } from 'amqplib';
import { attemptHeader, copyHeader, replayHeader } from '../topology/headers.js';

/** So many messages are remembered of one queue. */
const most = 10_000;

/**
 * What this process has settled of one queue, over all its channels. An acknowledgement may be lost with its connection:
 * then the message comes again though its copy is on its way, and handling it would double it.
 */
export class SettledBefore {
  private readonly names = new Set<string>();

  add(message: ConsumeMessage): void {
    const name = nameOf(message);
    if (name === undefined) return;
    this.names.add(name);
    if (this.names.size > most) this.names.delete(this.names.values().next().value!);
  }

  /** Only what the broker delivers again can be meant. */
  has(message: ConsumeMessage): boolean {
    const name = message.fields.redelivered ? nameOf(message) : undefined;
    return name !== undefined && this.names.has(name);
  }
}

/** A copy keeps the id of its event: what tells them apart is the copy's own mark. */
function nameOf({ properties }: ConsumeMessage): string | undefined {
  const { messageId, timestamp, headers } = properties as {
    messageId?: string;
    timestamp?: number;
    headers?: Record<string, unknown>;
  };
  if (!messageId) return undefined;
  return JSON.stringify([
    messageId,
    timestamp,
    ...[copyHeader, replayHeader, attemptHeader].map((of) => headers?.[of]),
  ]);
}
