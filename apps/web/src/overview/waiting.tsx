import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCause } from '../failures/parts.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Since } from '../parts/time/when.js';
import type { Overview } from './api.js';
import styles from './overview.module.css';

type Group = Overview['waiting'][number];

/** The largest causes that wait for a person. */
export function Waiting({ groups, total }: { groups: Group[]; total: number }) {
  const { t } = useTranslation();
  const causeOf = useCause();
  const columns: Column<Group>[] = [
    { key: 'students', title: t('failures.students'), numeric: true, cell: ({ students }) => students },
    {
      key: 'cause',
      title: t('failures.cause'),
      wide: true,
      cell: (cause) => (
        <Link to="/failures/group/$group" params={{ group: cause.group }} className={styles.cause!}>
          <bdi>{causeOf(cause)}</bdi>
        </Link>
      ),
    },
    { key: 'system', title: t('failures.system'), optional: true, cell: ({ system }) => system },
    { key: 'since', title: t('failures.since'), cell: ({ firstSeen }) => <Since time={firstSeen} /> },
  ];
  return (
    <section className={styles.section}>
      <h2>{t('overview.waiting')}</h2>
      <DataTable label={t('overview.waiting')} columns={columns} rows={groups} rowKey={({ group }) => group} />
      {total > groups.length && <Link to="/failures">{t('overview.allCauses', { count: total - groups.length })}</Link>}
    </section>
  );
}
