import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

type Schemas = components['schemas'];
export type Queues = Schemas['Queues'];
export type ServiceQueues = Schemas['ServiceQueues'];
export type Sample = Schemas['QueueSample'];
export type Service = ServiceQueues['service'];

export const queuesQuery = queryOptions({
  queryKey: ['queues', 'now'],
  queryFn: () => ask(api.GET('/api/queues')),
  // soon where the broker is still being asked for the first time
  refetchInterval: ({ state: { data } }) => (data?.readAt === null ? 1_000 : 5_000),
});

export const historyQuery = (system: string, service: Service) =>
  queryOptions({
    queryKey: ['queues', 'history', system, service],
    queryFn: async () =>
      (await ask(api.GET('/api/systems/{system}/queues/{service}/history', { params: { path: { system, service } } })))
        .samples,
    refetchInterval: 60_000,
  });

/** Waits, or is in somebody's hands. */
export const busy = ({ ready, inHand, retry }: ServiceQueues): number => (ready ?? 0) + inHand + retry;
