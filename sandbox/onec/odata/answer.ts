import { conditionOf } from './filter.js';
import { noField, ODataRefusal } from './refusal.js';
import { orderOfKey, type Row, type Table } from './table.js';

const options = new Set([
  '$format',
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$skip',
  '$inlinecount',
  '$expand',
  '$allowedOnly',
]);

/** The rows that these options ask for, in their order. */
export function rowsFor(table: Table, rows: readonly Row[], query: URLSearchParams): { rows: Row[]; total: number } {
  for (const name of query.keys())
    if (name.startsWith('$') && !options.has(name))
      throw new ODataRefusal(400, 0, `The ${name} parameter is not supported`);
  const order = query.get('$orderby');
  const sorted = order === null ? rows : sortedOnce(table, rows, order);
  const filter = query.get('$filter');
  const key = order === 'Ref_Key' ? behindKey.exec(filter ?? '')?.[1] : undefined;
  const found =
    filter === null
      ? sorted
      : key === undefined
        ? sorted.filter(conditionOf(filter, table.fields))
        : sorted.slice(placeBehind(sorted, key));
  const skip = number(query, '$skip') ?? 0;
  const top = number(query, '$top') ?? Infinity;
  const selected = select(table, found.slice(skip, skip + top), query.get('$select'));
  return { rows: selected, total: found.length };
}

/** Pages of a set are cut from the same rows: 1C has an index for that, and sorts nothing anew for each. */
const orders = new WeakMap<readonly Row[], Map<string, readonly Row[]>>();

function sortedOnce(table: Table, rows: readonly Row[], order: string): readonly Row[] {
  const known = orders.get(rows) ?? new Map<string, readonly Row[]>();
  orders.set(rows, known);
  const sorted = known.get(order) ?? sort(table, rows, order);
  known.set(order, sorted);
  return sorted;
}

const behindKey = /^Ref_Key gt guid'([0-9a-f-]{36})'$/i;

/** Of rows in the order of their keys the first one behind that key. */
function placeBehind(rows: readonly Row[], key: string): number {
  const wanted = orderOfKey(key.toLowerCase());
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (orderOfKey(String(rows[middle]!.Ref_Key)) > wanted) to = middle;
    else from = middle + 1;
  }
  return from;
}

function number(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (!/^\d+$/.test(given)) throw new ODataRefusal(400, 14, `Error parsing ${name} query option`);
  return Number(given);
}

function sort(table: Table, rows: readonly Row[], order: string): Row[] {
  const fields = order.split(',').map((one) => {
    const [field = '', direction = 'asc'] = one.trim().split(/\s+/);
    if (!Object.hasOwn(table.fields, field)) throw noField(field);
    return { field, down: direction === 'desc', type: table.fields[field]! };
  });
  const keyed = rows.map((row) => ({
    row,
    keys: fields.map(({ field, type }) => {
      const value = row[field];
      return type === 'Edm.Guid' ? orderOfKey(String(value)) : type === 'Edm.Int64' ? Number(value) : value;
    }) as string[],
  }));
  keyed.sort((a, b) => {
    for (let index = 0; index < fields.length; index++) {
      const x = a.keys[index]!;
      const y = b.keys[index]!;
      if (x !== y) return x < y === fields[index]!.down ? 1 : -1;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function select(table: Table, rows: readonly Row[], selection: string | null): Row[] {
  if (selection === null || selection === '*') return [...rows];
  const names = selection.split(',').map((name) => name.trim());
  const missing = names.find((name) => !Object.hasOwn(table.fields, name) && !Object.hasOwn(table.parts ?? {}, name));
  if (missing !== undefined) throw noField(missing);
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
}

/** The last record of each combination of dimensions, not after the moment; inactive ones are not seen. */
export function sliceLast(table: Table, rows: readonly Row[], period: string | undefined): Row[] {
  const last = new Map<string, Row>();
  for (const row of rows) {
    if (row.Active === false || (period !== undefined && String(row.Period) > period)) continue;
    const key = table.dimensions!.map((field) => String(row[field])).join('|');
    const known = last.get(key);
    if (!known || String(known.Period) < String(row.Period)) last.set(key, row);
  }
  return [...last.values()];
}
