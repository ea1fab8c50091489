import { longestQuery } from './refusal.js';

/** What is read: a set, or the last records of a register as of a moment. */
export interface Source {
  set: string;
  /** The register's SliceLast as of this moment, naive, in the infobase's zone. */
  slice?: string;
  fields: readonly string[];
  /** Fields that tell any row from any other: pages are put in their order. */
  order: readonly string[];
}

export interface Page {
  filter?: string;
  top?: number;
  skip?: number;
}

export const pathOf = ({ set, slice }: Source): string =>
  slice === undefined
    ? encodeURIComponent(set)
    : `${encodeURIComponent(set)}/SliceLast(Period=datetime'${encodeURIComponent(slice)}')`;

/** Each Cyrillic letter of a name takes six characters: a selection that makes the query too long is left out. */
export function addressOf(source: Source, { filter, top, skip }: Page): string {
  const option = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`$${name}=${encodeURIComponent(value)}`];
  const options = [
    '$format=json%3Bodata=nometadata',
    ...option('filter', filter),
    ...option('orderby', source.order.join(',')),
    ...option('top', top),
    ...(skip ? option('skip', skip) : []),
  ];
  const select = option('select', [...new Set([...source.fields, ...source.order])].join(','));
  const whole = [...options, ...select].join('&');
  return `${pathOf(source)}?${whole.length <= longestQuery ? whole : options.join('&')}`;
}

export const guid = (key: string): string => `guid'${key}'`;
export const emptyReference = '00000000-0000-0000-0000-000000000000';
