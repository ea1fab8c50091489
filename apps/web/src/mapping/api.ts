import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type MappingLook = components['schemas']['MappingLook'];
export type SectionLook = components['schemas']['SectionLook'];

export const isRunning = ({ begunAt, endedAt }: MappingLook): boolean => begunAt !== null && endedAt === null;

export const mappingQuery = queryOptions({
  // a live sign of examinations asks it anew, too
  queryKey: ['examinations', 'mapping'],
  queryFn: () => ask(api.GET('/api/mapping')),
  refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? 2_000 : false),
});
