import { useQuery, useQueryClient } from '@tanstack/react-query';
import { countQuery, type Filters, type Selection } from '../api.js';

/** What a deed upon failures is about. */
export interface Chosen {
  selection: Selection;
  /** How many failures, as the page shows it. */
  number: number;
}

const filtersOf = ({ ids: _, all: __, ...filters }: Selection): Filters => filters;

/** What the console counts in a selection; nothing of ids, which the page has counted itself. */
export function useTouched({ selection }: Chosen) {
  return useQuery({ ...countQuery(filtersOf(selection)), enabled: selection.ids === undefined, staleTime: 0 });
}

/** After a deed whatever shows failures asks anew. */
export function useAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ['failures', 'overview', 'replays', 'students'].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
    );
  };
}
