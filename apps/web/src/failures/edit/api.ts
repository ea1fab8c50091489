import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.js';
import type { Edit } from './draft.js';

export const formQuery = (id: string) =>
  queryOptions({
    queryKey: ['failures', 'edit', id],
    queryFn: () => ask(api.GET('/api/failures/edit', { params: { query: { id } } })),
  });

/** Milliseconds: it is tried when the typing rests. */
const rest = 300;

/** What the console says of these edits; nothing is sent. `fresh`: it is said of just these. */
export function useTrial(id: string, edits: Edit[]) {
  const asked = JSON.stringify(edits);
  const [rested] = useDebouncedValue(asked, rest);
  const query = useQuery({
    queryKey: ['failures', 'edit', id, 'try', rested],
    queryFn: () => ask(api.POST('/api/failures/edit/try', { body: { id, edits: JSON.parse(rested) as Edit[] } })),
    enabled: rested !== '[]',
    placeholderData: keepPreviousData,
  });
  const none = asked === '[]';
  return {
    trial: none ? undefined : query.data,
    fresh: !none && asked === rested && query.isSuccess && !query.isPlaceholderData,
    error: none ? null : query.error,
  };
}
