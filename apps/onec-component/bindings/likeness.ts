import { token_sort_ratio } from 'fuzzball';

/** How much two titles are alike, of 100, whatever the order of their words. Parts of one course are never alike. */
export function likeness(one: string, other: string): number {
  if (partsOf(one) !== partsOf(other)) return 0;
  return token_sort_ratio(plain(one), plain(other));
}

const plain = (title: string): string => title.toLowerCase().replaceAll('ё', 'е');

/** Its numbers, Arabic and Roman: Physics 1 is not Physics 2. */
const partsOf = (title: string): string =>
  [...title.matchAll(/\d+|(?<!\p{L})[IVXІХ]+(?!\p{L})/gu)].map(([part]) => part).join(' ');
