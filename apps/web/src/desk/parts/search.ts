import { present, text, type Raw } from '../../parts/table/search.js';

/** Of a list that is looked through by a piece of text. */
export interface ListSearch {
  text?: string | undefined;
  page?: number | undefined;
}

/** Which page of a list, from the second on. */
export const pageOf = (raw: Raw): number | undefined =>
  typeof raw.page === 'number' && Number.isInteger(raw.page) && raw.page > 1 ? raw.page : undefined;

export const readListSearch = (raw: Raw): ListSearch => present({ text: text(raw, 'text'), page: pageOf(raw) });

/** Of a page that shows one ELS: which. */
export const readOfSystem = (raw: Raw): { system?: string | undefined } => present({ system: text(raw, 'system') });
