import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './table.module.css';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Not on a narrow screen. */
  optional?: boolean;
  /** Takes what is left. */
  wide?: boolean;
}

export interface Selection {
  chosen: ReadonlySet<string>;
  choose: (ids: ReadonlySet<string>) => void;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Of the row's checkbox. */
  rowName?: (row: Row) => string;
  selection?: Selection;
  /** Rows that stand there although they left the list meanwhile. */
  isGone?: (row: Row) => boolean;
  /** Is told when somebody is at the table. */
  hold?: (held: boolean) => void;
}

export function DataTable<Row>({ label, columns, rows, rowKey, rowName, selection, isGone, hold }: Props<Row>) {
  const { t } = useTranslation();
  const ids = rows.map(rowKey);
  const all = ids.length > 0 && ids.every((id) => selection?.chosen.has(id));
  const some = ids.some((id) => selection?.chosen.has(id));
  const turn = (turned: string[], on: boolean) => {
    const next = new Set(selection!.chosen);
    for (const id of turned) {
      if (on) next.add(id);
      else next.delete(id);
    }
    selection!.choose(next);
  };
  const classOf = ({ numeric, optional, wide }: Column<Row>) =>
    [numeric && styles.numeric, optional && styles.optional, wide && styles.wide].filter(Boolean).join(' ') ||
    undefined;
  return (
    // scrolled by the keyboard too
    <div
      {...{ className: styles.frame, tabIndex: 0, role: 'region', 'aria-label': label }}
      onPointerEnter={() => hold?.(true)}
      onPointerLeave={() => hold?.(false)}
      onFocus={() => hold?.(true)}
      onBlur={() => hold?.(false)}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {selection && (
              <th className={styles.choice}>
                <Checkbox
                  aria-label={t('parts.chooseAll')}
                  checked={all}
                  indeterminate={some && !all}
                  onChange={(event) => turn(ids, event.currentTarget.checked)}
                />
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = rowKey(row);
            return (
              <tr key={id} data-chosen={selection?.chosen.has(id) || undefined} data-gone={isGone?.(row) || undefined}>
                {selection && (
                  <td className={styles.choice}>
                    <Checkbox
                      aria-label={`${t('parts.choose')}: ${rowName?.(row) ?? id}`}
                      checked={selection.chosen.has(id)}
                      onChange={(event) => turn([id], event.currentTarget.checked)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
