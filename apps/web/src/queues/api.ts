import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Queues = components['schemas']['Queues'];
type Queue = components['schemas']['Queue'];

export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: () => ask(api.GET('/api/queues')),
  refetchInterval: 5_000,
});

/** The queues of one service and system. */
export interface QueueRow {
  system: string;
  service: string;
  /** The one that it works off. */
  work: Pick<Queue, 'ready' | 'consumers'>;
  /** In its ladder of retries. */
  retry: number;
  dead: number;
  isJournal: boolean;
}

export function rowsOf({ queues }: Queues): QueueRow[] {
  const rows = new Map<string, QueueRow>();
  for (const { system, service, role, ready, consumers } of queues) {
    const key = `${system} ${service}`;
    const row = rows.get(key) ?? { system, service, work: {}, retry: 0, dead: 0, isJournal: role === 'journal' };
    if (role === 'work' || role === 'journal') row.work = { ready, consumers };
    else row[role] += ready ?? 0;
    rows.set(key, row);
  }
  return [...rows.values()];
}
