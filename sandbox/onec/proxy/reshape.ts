import { DateTime } from 'luxon';
import { readPairs } from '#synchronizer';
import type { Switches } from './switches.js';

type Element = Record<string, unknown>;

/** Where something unescaped is to stand. */
const mark = '\u{E000}';

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, '\u00A0');

function withNbsp(value: unknown): unknown {
  if (typeof value === 'number') return grouped(value);
  if (Array.isArray(value)) return value.map(withNbsp);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNbsp(member)]));
  return value;
}

/** The page of GetStudents as a publication with these habits would return it. */
export function reshapePage(text: string, switches: Switches): string {
  let page = JSON.parse(text) as Element[];
  if (switches.shuffled) page = [...page].sort((a, b) => scramble(a) - scramble(b));
  if (switches.repeated) page = page.flatMap((element) => [element, { ...element }]);
  if (switches.contradicting) {
    const { contradicting } = switches;
    const twice = page.find(
      (element) => 'code' in element && (contradicting === true || element.code === contradicting),
    );
    if (twice) page.push({ ...twice, lastname: `${String(twice.lastname)}-Другой` });
  }
  if (switches.brokenElement) page.push({ code: 12_345, lastname: 'Числов', semester: 'первый' });
  const marked = switches.unescaped === null ? undefined : page.filter((element) => 'code' in element)[1];
  if (marked) marked.lastname = `${String(marked.lastname)}${mark}`;
  if (Object.keys(switches.rename).length > 0)
    page = page.map((element) =>
      Object.fromEntries(Object.entries(element).map(([name, value]) => [switches.rename[name] ?? name, value])),
    );
  const json = JSON.stringify(switches.nbsp ? withNbsp(page) : page)
    .replace(/([{,[])"/g, '$1\r\n"')
    .replace(mark, switches.unescaped ?? '');
  return switches.bomInResult ? `\uFEFF${json}` : json;
}

const scramble = (element: Element): number =>
  [...JSON.stringify(element)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);

/**
 * The list as a 1C reads it that takes Date(1970,1,1) + N for its own time: in Moscow its records end three hours early.
 */
export function shiftPairs(list: string, zone: string): string {
  const { flags, refused } = readPairs(list);
  return [
    ...flags.map(({ code, period }) => `${code}#${period - DateTime.fromSeconds(period, { zone }).offset * 60}`),
    ...refused.map((one) => one.pair),
  ].join(', ');
}
