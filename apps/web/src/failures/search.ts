import { oneOf, present, text, type Raw } from '../parts/table/search.js';
import { failureStates, kinds, type FailureState, type Filters, type Kind } from './api.js';

/** What the address of the failures' page says. */
export interface FailuresSearch {
  /** One by one instead of by cause. */
  view?: 'list' | undefined;
  system?: string | undefined;
  kind?: Kind | undefined;
  service?: string | undefined;
  text?: string | undefined;
  code?: string | undefined;
  /** Of the list alone. */
  state?: FailureState | undefined;
  after?: string | undefined;
}

export const readFailuresSearch = (raw: Raw): FailuresSearch =>
  present({
    view: oneOf(raw, 'view', ['list'] as const),
    system: text(raw, 'system'),
    kind: oneOf(raw, 'kind', kinds),
    service: text(raw, 'service'),
    text: text(raw, 'text'),
    code: text(raw, 'code'),
    state: oneOf(raw, 'state', failureStates),
    after: typeof raw.after === 'string' ? raw.after : undefined,
  });

export const filtersOf = ({ system, kind, service, text: piece, code }: FailuresSearch): Filters =>
  present({ system, kind, service, text: piece, code });
