import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../../parts/table/data-table.js';
import { useSaid } from '../../../texts/language.js';
import { nameOfKey } from '../sheet/lines.js';
import styles from './previewed.module.css';
import type { FileChange, Preview } from './api.js';

/** So many are listed; the number above says how many there are. */
const listed = 100;

/** What a file would change, and which of its rows do not fit. */
export function Previewed({ preview: { changes, same, faults, faulty } }: { preview: Preview }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<FileChange>[] = [
    {
      key: 'curriculum',
      title: t('desk.form.columns.curriculum'),
      wide: true,
      cell: ({ curriculumName }) => curriculumName,
    },
    {
      key: 'discipline',
      title: t('desk.form.columns.discipline'),
      wide: true,
      cell: ({ disciplineName }) => disciplineName,
    },
    { key: 'semester', title: t('desk.form.columns.semester'), numeric: true, cell: ({ semester }) => semester },
    { key: 'from', title: t('desk.spreadsheet.from'), numeric: true, cell: ({ from }) => from },
    { key: 'to', title: t('desk.spreadsheet.to'), numeric: true, cell: ({ to }) => to },
  ];
  return (
    <>
      <p>
        {t('desk.spreadsheet.changes', { count: changes.length })}{' '}
        {same > 0 && t('desk.spreadsheet.same', { count: same })}
      </p>
      {faulty > 0 && (
        <div className={styles.faults}>
          <strong>{t('desk.spreadsheet.faulty', { count: faulty })}</strong>
          <ul>
            {faults.slice(0, listed).map(({ row, text }) => (
              <li key={row}>{said(text)}</li>
            ))}
            {faulty > listed && <li>{t('desk.spreadsheet.more', { count: faulty - listed })}</li>}
          </ul>
        </div>
      )}
      {changes.length > 0 && (
        <div className={styles.changes}>
          <DataTable
            label={t('desk.spreadsheet.table')}
            columns={columns}
            rows={changes.slice(0, listed)}
            rowKey={nameOfKey}
          />
          {changes.length > listed && <p>{t('desk.spreadsheet.more', { count: changes.length - listed })}</p>}
        </div>
      )}
    </>
  );
}
