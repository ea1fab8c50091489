import { oneOf, present, text, type Raw } from '../../parts/table/search.js';
import { pageOf } from '../parts/search.js';
import type { Kind } from './api.js';

export const errorKinds = [
  'Status Error',
  'Individual Error',
  'Group Error',
  'ES Error',
  'Moodle',
] as const satisfies readonly Kind[];
export const rowStates = ['error', 'synchronized'] as const;
export const spans = ['live', 'over'] as const;

/** Which rows of the register are looked at. */
export interface RowsSearch {
  text?: string | undefined;
  system?: string | undefined;
  state?: (typeof rowStates)[number] | undefined;
  kind?: Kind | undefined;
  /** Does the row still hide its student? */
  span?: (typeof spans)[number] | undefined;
  page?: number | undefined;
}

export const readRowsSearch = (raw: Raw): RowsSearch =>
  present({
    text: text(raw, 'text'),
    system: text(raw, 'system'),
    state: oneOf(raw, 'state', rowStates),
    kind: oneOf(raw, 'kind', errorKinds),
    span: oneOf(raw, 'span', spans),
    page: pageOf(raw),
  });

/** Is anything narrowed? Only then may all rows that are found be deleted at once. */
export const isNarrowed = ({ text: piece, system, state, kind, span }: RowsSearch): boolean =>
  [piece, system, state, kind, span].some((each) => each !== undefined);
