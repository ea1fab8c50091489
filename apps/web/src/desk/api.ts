import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../api/client.js';
import type { components } from '../api/desk-schema.js';
import type { Content, KeepingPort } from './form/session/keeper.js';
import type { DocumentsSearch } from './documents/search.js';
import type { LineKey } from './form/sheet/lines.js';
import type { ListSearch } from './parts/search.js';
import { inColumns } from './form/sheet/in-columns.js';

type Schemas = components['schemas'];
export type BindingDocument = Schemas['BindingDocument'];
export type DocumentHead = Schemas['DocumentHead'];
export type Foreseen = Schemas['ForeseenPosting'];
export type TouchedGroup = Schemas['TouchedGroup'];
export type Suggested = Schemas['SuggestionsOfLine'];
export type ListedDocument = Schemas['ListedDocument'];
export type Run = Schemas['EmptyBindingRun'];
export type ListedGroup = Schemas['ListedGroup'];
export type ListedCurriculum = Schemas['ListedCurriculum'];
export type BoundCourse = Schemas['BoundCourse'];
export type Els = Schemas['ListedEls'];

/** What is read to be edited stands until it is read again on purpose. */
const once = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false } as const;

export const elsQuery = queryOptions({
  queryKey: ['desk', 'els'],
  queryFn: () => ask(desk.GET('/api/desk/els')),
});

export const pageSize = 50;

export const documentsQuery = (search: DocumentsSearch) =>
  queryOptions({
    queryKey: ['desk', 'documents', search],
    queryFn: () => ask(desk.GET('/api/desk/documents', { params: { query: { size: pageSize, ...search } } })),
    placeholderData: keepPreviousData,
  });

export const authorsQuery = queryOptions({
  queryKey: ['desk', 'documents', 'authors'],
  queryFn: async () => (await ask(desk.GET('/api/desk/documents/authors'))).authors,
});

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'document', id],
    queryFn: () => ask(desk.GET('/api/desk/documents/{id}', { params: { path: { id } } })),
    ...once,
  });

export const displayedQuery = (system: string, display: 'all' | 'empty') =>
  queryOptions({
    queryKey: ['desk', 'displayed', system, display],
    queryFn: () => ask(desk.GET('/api/desk/bindings', { params: { query: { system, display } } })),
    ...once,
  });

export const countsQuery = queryOptions({
  queryKey: ['desk', 'counts'],
  queryFn: () => ask(desk.GET('/api/desk/bindings/counts')),
  refetchInterval: 60_000,
});

export const suggestionsQuery = (system: string) =>
  queryOptions({
    queryKey: ['desk', 'suggestions', system],
    queryFn: async () =>
      (await ask(desk.GET('/api/desk/bindings/suggestions', { params: { query: { system } } }))).lines,
    staleTime: Infinity,
  });

export const historyQuery = (system: string, key: LineKey) =>
  queryOptions({
    queryKey: ['desk', 'history', system, key],
    queryFn: async () =>
      (await ask(desk.GET('/api/desk/bindings/history', { params: { query: { system, ...key } } }))).changes,
    staleTime: 0,
  });
export type Change = Awaited<ReturnType<NonNullable<ReturnType<typeof historyQuery>['queryFn']>>>[number];

/** A draft that sets to zero what no curriculum has any more. */
export const draftZeroing = (system: string) => ask(desk.POST('/api/desk/bindings/gone/draft', { body: { system } }));

/** Approved curricula that fit what is looked for. */
export const approvedQuery = (text: string) =>
  queryOptions({
    queryKey: ['desk', 'curricula', 'approved', text],
    queryFn: () =>
      ask(
        desk.GET('/api/desk/curricula', {
          params: { query: { approved: 'true', size: 100, ...(text !== '' && { text }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const runsQuery = queryOptions({
  queryKey: ['desk', 'runs'],
  queryFn: async () => (await ask(desk.GET('/api/desk/empty-bindings'))).runs,
  refetchInterval: ({ state: { data } }) => (data?.some(({ state }) => state === 'running') ? 1_000 : 30_000),
});
export const startRun = (system: string, curriculum: string | null) =>
  ask(desk.POST('/api/desk/empty-bindings', { body: { system, curriculum } }));
export const cancelRun = (id: string) =>
  ask(desk.POST('/api/desk/empty-bindings/{id}/cancel', { params: { path: { id } } }));

const body = ({ lines, ...header }: Content) => ({ ...header, ...inColumns(lines) });

export const groupsQuery = (search: ListSearch) =>
  queryOptions({
    queryKey: ['desk', 'groups', search],
    queryFn: () => ask(desk.GET('/api/desk/groups', { params: { query: { size: pageSize, ...search } } })),
    placeholderData: keepPreviousData,
  });

export const curriculaQuery = (search: ListSearch) =>
  queryOptions({
    queryKey: ['desk', 'curricula', search],
    queryFn: () => ask(desk.GET('/api/desk/curricula', { params: { query: { size: pageSize, ...search } } })),
    placeholderData: keepPreviousData,
  });

export const groupCoursesQuery = (code: string, system: string) =>
  queryOptions({
    queryKey: ['desk', 'groups', 'courses', code, system],
    queryFn: () => ask(desk.GET('/api/desk/groups/{code}/courses', { params: { path: { code }, query: { system } } })),
  });

/** Where drafts are kept. */
export const drafts: KeepingPort = {
  create: (content) => ask(desk.POST('/api/desk/documents', { body: body(content) })),
  save: (id, version, content) =>
    ask(desk.PUT('/api/desk/documents/{id}', { params: { path: { id } }, body: { version, ...body(content) } })),
};

const at = (id: string) => ({ params: { path: { id } } });
export const foresee = (id: string) => ask(desk.GET('/api/desk/documents/{id}/posting', at(id)));
export const post = (id: string, seen: { version: number; accept: string }) =>
  ask(desk.POST('/api/desk/documents/{id}/posting', { ...at(id), body: seen }));
export const discard = (id: string, version: number) =>
  ask(desk.DELETE('/api/desk/documents/{id}', { params: { path: { id }, query: { version } } }));
export const foreseeCancelling = (id: string) => ask(desk.GET('/api/desk/documents/{id}/cancelling', at(id)));
export const cancelPosting = (id: string, version: number) =>
  ask(desk.POST('/api/desk/documents/{id}/cancelling', { ...at(id), body: { version } }));
export const markForDeletion = (id: string, version: number, marked: boolean) =>
  ask(desk.POST('/api/desk/documents/{id}/mark', { ...at(id), body: { version, marked } }));
export const copy = (id: string) => ask(desk.POST('/api/desk/documents/{id}/copy', at(id)));

export const createEls = (given: { name: string; address: string }) => ask(desk.POST('/api/desk/els', { body: given }));
export const editEls = (code: string, given: { name: string; address: string; accept: string }) =>
  ask(desk.PUT('/api/desk/els/{code}', { params: { path: { code } }, body: given }));
export const deleteEls = (code: string) => ask(desk.DELETE('/api/desk/els/{code}', { params: { path: { code } } }));
