import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components, operations } from '../api/schema.js';
import type { State } from '../parts/state.js';

type Schemas = components['schemas'];
export type Group = Schemas['FailureGroup'];
export type Listed = Schemas['ListedFailure'];
export type Failure = Schemas['Failure'];
export type Selection = Schemas['Selection'];
export type Kind = Group['kind'];
export type FailureState = Listed['state'];
export type Filters = NonNullable<operations['groupFailures']['parameters']['query']>;

export const kinds: readonly Kind[] = [
  'student',
  'course',
  'unexplained',
  'contract',
  'crash',
  'temporary',
  'configuration',
  'outage',
];
export const isKind = (word: string): word is Kind => (kinds as readonly string[]).includes(word);
export const failureStates: readonly FailureState[] = ['open', 'replaying', 'superseded', 'closed', 'archived'];

/** What colour a failure's state is. */
export const stateOf: Record<FailureState, State> = {
  open: 'person',
  replaying: 'self',
  superseded: 'self',
  closed: 'done',
  archived: 'paused',
};

/** Where the fault lies, and so by which deed it ends: what stands in 1C's data is mended there. */
export const isMendedIn1C = ({ kind, replayable = true }: { kind: Kind; replayable?: boolean }): boolean =>
  kind === 'student' || kind === 'contract' || !replayable;

const pageSize = 50;

export const groupsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['failures', 'groups', filters],
    queryFn: () => ask(api.GET('/api/failures/groups', { params: { query: filters } })),
    placeholderData: keepPreviousData,
  });

export const countQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['failures', 'count', filters],
    queryFn: () => ask(api.GET('/api/failures/count', { params: { query: filters } })),
    placeholderData: keepPreviousData,
  });

export const listQuery = (filters: Filters & { states?: FailureState[]; after?: string }) =>
  queryOptions({
    queryKey: ['failures', 'list', filters],
    queryFn: () => ask(api.GET('/api/failures', { params: { query: { ...filters, limit: pageSize } } })),
    placeholderData: keepPreviousData,
  });

export const failureQuery = (id: string) =>
  queryOptions({
    queryKey: ['failures', 'one', id],
    queryFn: () => ask(api.GET('/api/failures/one', { params: { query: { id } } })),
    // how far an edited message has come is no sign of a failure's: it is asked for
    refetchInterval: ({ state: { data } }) =>
      data?.edits.some(({ outcome }) => outcome === 'waiting' || outcome === 'underWay') ? 3_000 : false,
  });

/** The table for a spreadsheet, in the language of the page: a link alone would ask in the browser's. */
export async function downloadCsv(filters: Filters & { states?: FailureState[] }): Promise<void> {
  const text = await ask(api.GET('/api/failures/csv', { params: { query: filters }, parseAs: 'blob' }));
  const address = URL.createObjectURL(text as unknown as Blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: 'failures.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
