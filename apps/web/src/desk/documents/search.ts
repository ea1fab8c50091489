import { oneOf, present, text, type Raw } from '../../parts/table/search.js';
import { pageOf } from '../parts/search.js';

export const documentStates = ['written', 'posted', 'marked'] as const;

export interface DocumentsSearch {
  state?: (typeof documentStates)[number] | undefined;
  system?: string | undefined;
  author?: string | undefined;
  text?: string | undefined;
  page?: number | undefined;
}

export const readDocumentsSearch = (raw: Raw): DocumentsSearch =>
  present({
    state: oneOf(raw, 'state', documentStates),
    system: text(raw, 'system'),
    author: text(raw, 'author'),
    text: text(raw, 'text'),
    page: pageOf(raw),
  });
