import { useState } from 'react';

export interface LiveRows<Row> {
  rows: readonly Row[];
  /** Rows that have come and are not shown yet. */
  news: number;
  showNews: () => void;
  isGone: (row: Row) => boolean;
  /** Somebody is at the table, or has gone from it. */
  hold: (held: boolean) => void;
}

/**
 * Rows that do not jump under the pointer: while somebody is at the table a row keeps its place and only its content is
 * refreshed; what has come waits until it is asked for, what has gone stays and is marked.
 * @param asked what the rows answer to: another filter or page shows its own rows at once
 */
export function useLiveRows<Row>(latest: readonly Row[], asked: string, keyOf: (row: Row) => string): LiveRows<Row> {
  const [held, hold] = useState(false);
  const [kept, setKept] = useState({ asked, rows: latest });
  const byKey = new Map(latest.map((row) => [keyOf(row), row]));
  const isRead = held && kept.asked === asked && kept.rows.length > 0;
  const shown = isRead ? kept.rows.map((row) => byKey.get(keyOf(row)) ?? row) : latest;
  if (kept.asked !== asked || !sameRows(kept.rows, shown)) setKept({ asked, rows: shown });
  const known = new Set(shown.map(keyOf));
  return {
    rows: shown,
    news: [...byKey.keys()].filter((key) => !known.has(key)).length,
    showNews: () => setKept({ asked, rows: latest }),
    isGone: (row) => !byKey.has(keyOf(row)),
    hold,
  };
}

const sameRows = <Row>(a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length && a.every((row, index) => row === b[index]);
