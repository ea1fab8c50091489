import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Notices = components['schemas']['Notices'];
export type Notice = components['schemas']['Notice'];
export type Standing = components['schemas']['StandingTrouble'];
export type TellingTrouble = NonNullable<Notices['channels'][number]['trouble']>;

export const ofPage = 50;

/** What stands changes with whatever the overview shows. */
export const noticesQuery = (from: number) =>
  queryOptions({
    queryKey: ['overview', 'notices', from],
    queryFn: () => ask(api.GET('/api/notices', { params: { query: { from, limit: ofPage } } })),
    placeholderData: keepPreviousData,
  });
