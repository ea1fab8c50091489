import { both, type Bilingual } from '#contracts';
import type { Broker } from '#messaging';
import { SecretError, type Configuration } from '#platform';
import { CallError } from '../../outgoing/call.js';
import { queueDepths } from './by-amqp.js';
import { depthsByManagement, virtualHostOf } from './by-management.js';
import type { QueueDepth } from './names.js';

export interface Looked {
  /** Where the numbers come from. */
  source: 'management' | 'amqp';
  /** Why not from the management API, though it is configured. */
  whyNot?: Bilingual;
  depths: QueueDepth[];
}

/** Asks the management API where it is configured, and the broker itself where it is not or does not answer. */
export async function lookAtQueues(
  { url, management }: Configuration['broker'],
  systems: readonly string[],
  broker: <T>(work: (broker: Broker) => Promise<T>) => Promise<T>,
  stop?: AbortSignal,
): Promise<Looked> {
  let whyNot: Bilingual | undefined;
  if (management) {
    try {
      return { source: 'management', depths: await depthsByManagement(management, virtualHostOf(url), systems) };
    } catch (error) {
      whyNot = wordOf(error);
    }
  }
  const depths = await broker((opened) => queueDepths(opened, systems, stop));
  return { source: 'amqp', ...(whyNot && { whyNot }), depths };
}

function wordOf(error: unknown): Bilingual {
  if (error instanceof CallError) return error.why;
  if (error instanceof SecretError) return both(error.message, error.message);
  throw error;
}
