import { oneOf, present, text, type Raw } from '../../parts/table/search.js';
import { pageOf } from '../parts/search.js';

export const continuing = ['yes', 'no'] as const;

export interface PeopleSearch {
  text?: string | undefined;
  /** Code of the group. */
  group?: string | undefined;
  /** Does the student continue education? */
  continues?: (typeof continuing)[number] | undefined;
  page?: number | undefined;
}

export const readPeopleSearch = (raw: Raw): PeopleSearch =>
  present({
    text: text(raw, 'text'),
    group: text(raw, 'group'),
    continues: oneOf(raw, 'continues', continuing),
    page: pageOf(raw),
  });
