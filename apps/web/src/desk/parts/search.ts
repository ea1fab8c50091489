import { present, text, type Raw } from '../../parts/table/search.js';

/** Of a list that is looked through by a piece of text. */
export interface ListSearch {
  text?: string | undefined;
  page?: number | undefined;
}

export const readListSearch = (raw: Raw): ListSearch =>
  present({
    text: text(raw, 'text'),
    page: typeof raw.page === 'number' && Number.isInteger(raw.page) && raw.page > 1 ? raw.page : undefined,
  });
