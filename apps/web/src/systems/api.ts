import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Examination = components['schemas']['Examination'];
export type Finding = components['schemas']['Finding'];
export type PassOfSystem = components['schemas']['Pass'];
export type HeldRemovals = components['schemas']['HeldRemovals'];

export const systemQuery = (system: string) =>
  queryOptions({
    queryKey: ['systems', 'one', system],
    queryFn: () => ask(api.GET('/api/systems/{system}', { params: { path: { system } } })),
  });

export const examinationsQuery = queryOptions({
  queryKey: ['examinations'],
  queryFn: async () => (await ask(api.GET('/api/examinations'))).examinations,
});

export const passQuery = (system: string) =>
  queryOptions({
    queryKey: ['systems', 'pass', system],
    queryFn: () => ask(api.GET('/api/systems/{system}/pass', { params: { path: { system } } })),
    // it moves on without anything else happening; the first count comes in a second
    refetchInterval: ({ state: { data } }) => (data?.askedSince && !data.readAt ? 1_500 : 15_000),
  });

export const removalsQuery = (system: string) =>
  queryOptions({
    queryKey: ['systems', 'removals', system],
    queryFn: () => ask(api.GET('/api/systems/{system}/removals', { params: { path: { system } } })),
    // the service that holds them is asked meanwhile: it may be slow or away
    refetchInterval: ({ state: { data } }) => (data?.askedSince ? 1_000 : false),
  });

/** After a deed whatever shows systems asks anew. */
export function useAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ['systems', 'overview', 'queues', 'examinations'].map((topic) =>
        queries.invalidateQueries({ queryKey: [topic] }),
      ),
    );
  };
}
