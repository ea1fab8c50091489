import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Story = components['schemas']['StudentStory'];
export type Stories = components['schemas']['StudentStories'];
export type Event = components['schemas']['JournalEntry'];
export type Found = components['schemas']['FoundStudent'];

export interface StudentsSearch {
  code?: string | undefined;
  group?: string | undefined;
  moodleUser?: number | undefined;
  system?: string | undefined;
}

export const isAsked = ({ code, group, moodleUser }: StudentsSearch): boolean =>
  code !== undefined || group !== undefined || moodleUser !== undefined;

export const studentsQuery = (search: StudentsSearch) =>
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
