import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Overview = components['schemas']['Overview'];
export type SystemStatus = components['schemas']['SystemStatus'];
export type Pause = components['schemas']['Pause'];
export type Trouble = components['schemas']['Trouble'];

export const overviewQuery = queryOptions({
  queryKey: ['overview', 'whole'],
  queryFn: () => ask(api.GET('/api/overview')),
  // the rate moves on without anything happening
  refetchInterval: 30_000,
});
