import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/client.js';
import type { components } from '../../api/desk-schema.js';
import { present } from '../../parts/table/search.js';
import { pageSize } from '../api.js';
import type { RowsSearch } from './search.js';

export type Row = components['schemas']['SynchronizationRow'];
export type Kind = NonNullable<Row['kind']>;
export type RowKey = Pick<Row, 'system' | 'student' | 'period'>;
export type Touched = components['schemas']['TouchedRows'];

/** Rows by name, or all that a filter finds. */
export type Selection = { rows: RowKey[] } | { filter: ReturnType<typeof filterOf> };

export const nameOfRow = ({ system, student, period }: RowKey): string => JSON.stringify([system, student, period]);
export const keyOfRow = ({ system, student, period }: RowKey): RowKey => ({ system, student, period });

export const filterOf = ({ text, system, state, kind, span }: RowsSearch) =>
  present({
    ...{ text, system, kind },
    error: state && state === 'error',
    live: span && span === 'live',
  });

/** In an address a flag is a word. */
const asWord = (flag: boolean | undefined) => (flag === undefined ? undefined : flag ? 'true' : 'false');

export const rowsQuery = (search: RowsSearch, size = pageSize) =>
  queryOptions({
    queryKey: ['desk', 'synchronization', search, size],
    queryFn: () => {
      const { error, live, ...filter } = filterOf(search);
      const query = { ...filter, error: asWord(error), live: asWord(live), size, page: search.page ?? 1 } as const;
      return ask(desk.GET('/api/desk/synchronization', { params: { query: present(query) } }));
    },
    placeholderData: keepPreviousData,
  });

export const foreseenQuery = (selection: Selection) =>
  queryOptions({
    queryKey: ['desk', 'synchronization', 'foreseen', selection],
    queryFn: () => ask(desk.POST('/api/desk/synchronization/foresee', { body: { selection } })),
    ...{ staleTime: 0, gcTime: 0 },
  });

/** `expected`: as many as were shown; it is refused when they are others by now. */
export const deleteRows = (selection: Selection, expected: number): Promise<Touched> =>
  ask(desk.POST('/api/desk/synchronization/delete', { body: { selection, expected } }));

export const editRow = (row: RowKey, to: { period: string; error: boolean }) =>
  ask(desk.PUT('/api/desk/synchronization', { body: { ...keyOfRow(row), to } }));
