import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask, desk } from '../api/client.js';
import type { paths as DeskPaths } from '../api/desk-schema.js';
import type { components } from '../api/schema.js';

export type Story = components['schemas']['StudentStory'];
export type Stories = components['schemas']['StudentStories'];
export type Event = components['schemas']['JournalEntry'];
export type Found = components['schemas']['FoundStudent'];

export type Named =
  DeskPaths['/api/desk/students']['get']['responses'][200]['content']['application/json']['students'][number];

export interface StudentsSearch {
  name?: string | undefined;
  code?: string | undefined;
  group?: string | undefined;
  moodleUser?: number | undefined;
  system?: string | undefined;
}

export const isAsked = ({ code, group, moodleUser }: StudentsSearch): boolean =>
  code !== undefined || group !== undefined || moodleUser !== undefined;

/** Letters without which nobody is looked for. */
export const leastOfName = 2;

export const namedQuery = (name: string | undefined) =>
  queryOptions({
    queryKey: ['students', 'named', name],
    queryFn: () => ask(desk.GET('/api/desk/students', { params: { query: { name: name!, limit: 100 } } })),
    enabled: name !== undefined && name.length >= leastOfName,
    placeholderData: keepPreviousData,
  });

export const studentsQuery = ({ name: _, ...search }: StudentsSearch) =>
  queryOptions({
    queryKey: ['students', 'found', search],
    queryFn: () => ask(api.GET('/api/students', { params: { query: { ...search, limit: 200 } } })),
    enabled: isAsked(search),
    placeholderData: keepPreviousData,
  });

export const storyQuery = (code: string) =>
  queryOptions({
    queryKey: ['students', 'story', code],
    queryFn: () => ask(api.GET('/api/students/story', { params: { query: { code } } })),
  });
