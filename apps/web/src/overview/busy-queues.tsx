import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Known } from '../parts/known.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { count } from '../parts/time/moment.js';
import { queuesQuery, rowsOf, type QueueRow } from '../queues/api.js';
import { useLanguage } from '../texts/language.js';
import styles from './overview.module.css';

/** Only those in which something lies. */
export function BusyQueues() {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useQuery(queuesQuery);
  const number = (value: number) => (value > 0 ? count(value, language) : '');
  const columns: Column<QueueRow>[] = [
    { key: 'service', title: t('queues.service'), wide: true, cell: ({ service }) => service },
    { key: 'system', title: t('queues.system'), cell: ({ system }) => system },
    { key: 'work', title: t('queues.work'), numeric: true, cell: ({ work }) => number(work.ready ?? 0) },
    { key: 'retry', title: t('queues.retry'), numeric: true, optional: true, cell: ({ retry }) => number(retry) },
  ];
  return (
    <section className={styles.section}>
      <h2>
        <Link to="/queues">{t('overview.queues')}</Link>
      </h2>
      <Known query={query} rows={2}>
        {(queues) => {
          const busy = rowsOf(queues).filter(({ work, retry }) => (work.ready ?? 0) + retry > 0);
          return busy.length === 0 ? (
            <p className={styles.soft}>{t('overview.queuesEmpty')}</p>
          ) : (
            <DataTable
              label={t('overview.queues')}
              columns={columns}
              rows={busy}
              rowKey={({ service, system }) => `${service} ${system}`}
            />
          );
        }}
      </Known>
    </section>
  );
}
