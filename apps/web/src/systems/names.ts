import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';

export const systemNamesQuery = queryOptions({
  queryKey: ['systems', 'names'],
  queryFn: async () => (await ask(api.GET('/api/systems'))).systems,
  staleTime: 300_000,
});

/** The systems that this user may see; none as long as they are not known. */
export const useSystemNames = () => useQuery(systemNamesQuery).data ?? [];
