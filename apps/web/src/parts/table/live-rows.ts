import { useState } from 'react';

export interface LiveRows<Row> {
  rows: readonly Row[];
  /** Rows that have come and are not shown yet. */
  news: number;
  showNews: () => void;
  isGone: (row: Row) => boolean;
}

/**
 * Rows that do not jump under the pointer: while one reads, a row keeps its place and only its content is refreshed; what
 * has come waits until it is asked for, what has gone stays and is marked.
 * @param asked what the rows answer to: another filter or page shows its own rows at once
 */
export function useLiveRows<Row>(latest: readonly Row[], asked: string, keyOf: (row: Row) => string): LiveRows<Row> {
  const [kept, setKept] = useState({ asked, rows: latest });
  const byKey = new Map(latest.map((row) => [keyOf(row), row]));
  const isSame = kept.asked === asked;
  const { rows, news } = merged(isSame ? kept.rows : [], byKey, keyOf);
  // nothing was shown yet, nothing has changed places, or something else was asked for: nobody reads it
  const settled = !isSame || kept.rows.length === 0 || (news === 0 && rows.every((row) => byKey.has(keyOf(row))));
  const shown = settled ? latest : rows;
  if (!isSame || !sameRows(kept.rows, shown)) setKept({ asked, rows: shown });
  return {
    rows: shown,
    news: settled ? 0 : news,
    showNews: () => setKept({ asked, rows: latest }),
    isGone: (row) => !byKey.has(keyOf(row)),
  };
}

function merged<Row>(before: readonly Row[], latest: ReadonlyMap<string, Row>, keyOf: (row: Row) => string) {
  const known = new Set(before.map(keyOf));
  return {
    rows: before.map((row) => latest.get(keyOf(row)) ?? row),
    news: [...latest.keys()].filter((key) => !known.has(key)).length,
  };
}

const sameRows = <Row>(a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length && a.every((row, index) => row === b[index]);
