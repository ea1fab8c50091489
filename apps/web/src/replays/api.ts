import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import type { State } from '../parts/state.js';

export type Replay = components['schemas']['Replay'];
export type Item = components['schemas']['ReplayItem'];
export type ItemState = Item['state'];

export const itemStates: readonly ItemState[] = [
  'failed',
  'sent',
  'sending',
  'waiting',
  'succeeded',
  'superseded',
  'stopped',
];
export const colourOf: Record<ItemState, State> = {
  waiting: 'well',
  sending: 'self',
  sent: 'self',
  succeeded: 'done',
  failed: 'person',
  superseded: 'well',
  stopped: 'paused',
};
export const colourOfReplay: Record<Replay['state'], State> = { running: 'self', stopped: 'paused', done: 'done' };

const pageSize = 50;

export const replaysQuery = (before?: string) =>
  queryOptions({
    queryKey: ['replays', 'list', before],
    queryFn: async () =>
      (await ask(api.GET('/api/replays', { params: { query: { limit: pageSize, ...(before && { before }) } } })))
        .replays,
    placeholderData: keepPreviousData,
  });
export const isFull = (replays: readonly unknown[]): boolean => replays.length === pageSize;

export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['replays', 'one', id],
    queryFn: () => ask(api.GET('/api/replays/{id}', { params: { path: { id } } })),
    // an outcome comes through the journal, and may be late for the live word of the replay itself
    refetchInterval: ({ state: { data } }) =>
      data && (data.state === 'running' || data.items.sent! > 0) ? 2_000 : false,
  });

export const itemsQuery = (id: string, state?: ItemState, after?: number) =>
  queryOptions({
    queryKey: ['replays', 'items', id, state, after],
    queryFn: async () =>
      (
        await ask(
          api.GET('/api/replays/{id}/items', {
            params: {
              path: { id },
              query: { limit: pageSize, ...(state && { states: [state] }), ...(after && { after }) },
            },
          }),
        )
      ).items,
    placeholderData: keepPreviousData,
  });

export const totalOf = ({ items }: Replay): number => Object.values(items).reduce((sum, number) => sum + number, 0);
