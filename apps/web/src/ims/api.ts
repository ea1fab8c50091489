import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import type { State } from '../parts/state.js';

export type ImsSystem = components['schemas']['ImsSystem'];
export type ImsFile = components['schemas']['ImsFile'];
export type ImsFileWhole = components['schemas']['ImsFileWhole'];
export type ImsChange = components['schemas']['ImsChange'];
export type ImsProblem = components['schemas']['ImsProblem'];

export const changeStates = ['waiting', 'underWay', 'done', 'failed'] as const;
export type ChangeState = (typeof changeStates)[number];
export interface FileSearch {
  state?: ChangeState | undefined;
  after?: string | undefined;
}

/** The service answers 200 of each at a time. */
export const atOnce = 200;

export const colourOfFile: Record<ImsFile['state'], State> = {
  claimed: 'self',
  held: 'person',
  applied: 'done',
  rejected: 'person',
  discarded: 'paused',
};
export const colourOfChange: Record<ChangeState, State> = {
  waiting: 'self',
  underWay: 'self',
  done: 'well',
  failed: 'person',
};

const goesOn = ({ state, outcomes }: ImsFile): boolean =>
  state === 'claimed' || (outcomes.waiting ?? 0) + (outcomes.underWay ?? 0) > 0;

/** Milliseconds: files come from outside, and no event says so. */
const [soon, later] = [2_000, 15_000];

export const filesQuery = queryOptions({
  queryKey: ['files'],
  queryFn: async () => (await ask(api.GET('/api/files'))).systems,
  refetchInterval: ({ state: { data = [] } }) =>
    data.some(({ askedSince, files }) => askedSince !== null || files.some(goesOn)) ? soon : later,
});

export const fileQuery = (system: string, file: string, { state, after }: FileSearch) =>
  queryOptions({
    queryKey: ['files', system, file, state, after],
    queryFn: () =>
      ask(
        api.GET('/api/systems/{system}/files/{file}', {
          params: { path: { system, file: Number(file) }, query: { ...(state && { state }), ...(after && { after }) } },
        }),
      ),
    refetchInterval: ({ state: { data } }) => (data && goesOn(data) ? soon : later),
  });
