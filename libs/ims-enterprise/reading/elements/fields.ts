import type { Moment, Recstatus, Sourcedid, Timeframe } from '../../model.js';
import { all, child, codeIn, given, words, type Element } from '../element.js';
import { fault } from '../faults.js';

/** Without a type, or `New`: the code that counts. */
const counts = ({ attributes }: Element): boolean => !/^(old|duplicate)$/i.test(attributes.sourcedidtype ?? '');

export function sourcedidIn(element: Element): Sourcedid | undefined {
  const id = codeIn(child(element, 'id'));
  return id === undefined ? undefined : { source: codeIn(child(element, 'source')) ?? '', id };
}

export function sourcedidOf(record: Element): Sourcedid {
  const found = all(record, 'sourcedid').filter(counts).map(sourcedidIn).find(Boolean);
  if (!found) throw fault('no-id', 'нет кода (sourcedid с непустым id)', 'no code (a sourcedid with an id)');
  return found;
}

export const otherIdsOf = (record: Element): Sourcedid[] =>
  all(record, 'sourcedid')
    .filter((one) => !counts(one))
    .map(sourcedidIn)
    .filter((one) => one !== undefined);

/** Of the first element that says it. 0 and an empty one say nothing, as in Moodle's importer. */
export function recstatusOf(...elements: Element[]): Recstatus | undefined {
  const said = elements.map(({ attributes }) => words(attributes.recstatus)).find((one) => one && one !== '0');
  if (said === undefined) return undefined;
  if (/^[123]$/.test(said)) return Number(said) as Recstatus;
  throw fault('bad-recstatus', 'recstatus может быть 1, 2 или 3', 'recstatus may be 1, 2 or 3');
}

const isoDate =
  /^(\d{4}-\d\d-\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;

/** 30 February is taken for 1 March by Date: it does not come back. */
function exists(day: string | undefined): boolean {
  if (day === undefined) return false;
  if (/-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/.test(day)) return true;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function momentIn(element: Element | undefined): Moment | undefined {
  const date = words(element?.text);
  if (date === undefined) return undefined;
  if (!exists(isoDate.exec(date)?.[1]))
    throw fault('bad-date', 'дата не вида ГГГГ-ММ-ДД, или такого дня нет', 'a date is not YYYY-MM-DD, or no such day');
  return { date, restrict: words(element?.attributes.restrict) === '1' };
}

export function timeframeOf(record: Element): Timeframe | undefined {
  const element = child(record, 'timeframe');
  if (!element) return undefined;
  const timeframe = given<Timeframe>({
    begin: momentIn(child(element, 'begin')),
    end: momentIn(child(element, 'end')),
  });
  return Object.keys(timeframe).length === 0 ? undefined : timeframe;
}
