import { oneOf, present, text, type Raw } from '../../parts/table/search.js';
import { shownLines, type Filter } from './sheet/filter.js';

const whole = (raw: Raw, key: string): number | undefined => {
  const value = raw[key];
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
};

/** The filter of the form stands in the address, so that it can be sent to a colleague. */
export const readFormSearch = (raw: Raw): Filter =>
  present({
    curriculum: text(raw, 'curriculum'),
    graduating: text(raw, 'graduating'),
    level: text(raw, 'level'),
    mode: text(raw, 'mode'),
    discipline: text(raw, 'discipline'),
    teaching: text(raw, 'teaching'),
    semester: whole(raw, 'semester'),
    course: whole(raw, 'course'),
    only: oneOf(raw, 'only', shownLines),
  });
