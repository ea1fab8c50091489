import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Known } from '../parts/known.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { count } from '../parts/time/moment.js';
import { ReadAt } from '../parts/time/read-at.js';
import { busy, queuesQuery, type ServiceQueues } from '../queues/api.js';
import { useLanguage } from '../texts/language.js';
import styles from './overview.module.css';

/** Only those in which something lies. */
export function BusyQueues() {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useQuery(queuesQuery);
  const number = (value: number) => (value > 0 ? count(value, language) : '');
  const columns: Column<ServiceQueues>[] = [
    {
      key: 'service',
      title: t('queues.service'),
      wide: true,
      cell: ({ system, service }) => (
        <Link to="/queues/$system/$service" params={{ system, service }}>
          {service}
        </Link>
      ),
    },
    { key: 'system', title: t('queues.system'), cell: ({ system }) => system },
    { key: 'work', title: t('queues.work'), numeric: true, cell: ({ ready }) => number(ready ?? 0) },
    { key: 'inHand', title: t('queues.inHand'), numeric: true, optional: true, cell: ({ inHand }) => number(inHand) },
  ];
  return (
    <section className={styles.section}>
      <h2>
        <Link to="/queues">{t('overview.queues')}</Link>
      </h2>
      <Known query={query} rows={2}>
        {({ services, readAt, askedSince, trouble }) => {
          const rows = services.filter((each) => busy(each) > 0);
          // before the broker has answered nobody knows
          if (rows.length === 0 && readAt === null) return <ReadAt {...{ readAt, askedSince, trouble }} />;
          return rows.length === 0 ? (
            <p className={styles.soft}>{t('overview.queuesEmpty')}</p>
          ) : (
            <DataTable
              label={t('overview.queues')}
              columns={columns}
              rows={rows}
              rowKey={({ service, system }) => `${service} ${system}`}
            />
          );
        }}
      </Known>
    </section>
  );
}
