import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateText } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { count } from '../parts/time/moment.js';
import { ReadAt } from '../parts/time/read-at.js';
import { Since } from '../parts/time/when.js';
import { PauseLines } from '../systems/pause-line.js';
import { useLanguage, useSaid } from '../texts/language.js';
import { busy, queuesQuery, type Queues, type ServiceQueues } from './api.js';
import styles from './queues.module.css';
import { ReadingState } from './reading-state.js';

export function QueuesPage() {
  const { t } = useTranslation();
  const query = useQuery(queuesQuery);
  return (
    <Known query={query} title={t('queues.title')}>
      {(queues) => <Whole queues={queues} />}
    </Known>
  );
}

function Whole({ queues }: { queues: Queues }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { services, source, whyNot, heldBack, pauses, underWay } = queues;
  const waiting = services.reduce((all, { ready, retry }) => all + (ready ?? 0) + retry, 0);
  const missing = services.reduce((all, each) => all + each.missing.length, 0);
  const answer =
    waiting > 0
      ? t('queues.answer', { count: waiting })
      : missing > 0
        ? t('queues.notThere', { count: missing })
        : t('queues.calm');
  return (
    <>
      <PageHead
        title={t('queues.title')}
        answer={
          <>
            {source && `${answer} `}
            {source && `${t(`queues.sources.${source}`)} `}
            {whyNot && `${t('queues.whyNot', { why: said(whyNot) })} `}
            <ReadAt {...queues} />
          </>
        }
      />
      <PauseLines pauses={pauses} named />
      {heldBack !== null && <StateText state="self">{t('queues.heldBack', { reason: heldBack })}</StateText>}
      <UnderWay systems={underWay} />
      <Services services={services} />
    </>
  );
}

/** Students of each system whom 1C offered and of whom it has not been told, and since when the oldest is. */
function UnderWay({ systems }: { systems: Queues['underWay'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <p className={styles.underWay}>
      {systems.map(({ system, students, oldest }) => (
        <span key={system}>
          {system}: {t('queues.underWay', { number: count(students, language) })}
          {oldest && (
            <>
              {', '}
              {t('queues.oldest')} <Since time={oldest} />
            </>
          )}
        </span>
      ))}
    </p>
  );
}

function Services({ services }: { services: ServiceQueues[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  // what is not there does not catch the eye
  const number = (value: number | null | undefined) =>
    value ? count(value, language) : <span className={styles.soft}>{value ?? '—'}</span>;
  const columns: Column<ServiceQueues>[] = [
    {
      key: 'service',
      title: t('queues.service'),
      cell: ({ system, service }) => (
        <Link to="/queues/$system/$service" params={{ system, service }}>
          {service}
        </Link>
      ),
    },
    {
      key: 'system',
      title: t('queues.system'),
      cell: ({ system }) => (
        <Link to="/systems/$system" params={{ system }}>
          {system}
        </Link>
      ),
    },
    { key: 'work', title: t('queues.work'), numeric: true, cell: ({ ready }) => number(ready) },
    {
      key: 'inHand',
      title: t('queues.inHand'),
      numeric: true,
      cell: ({ inHand, oldest }) => (
        <>
          {number(inHand)}
          {oldest !== null && (
            <>
              {' '}
              {t('queues.oldest')} <Since time={oldest} />
            </>
          )}
        </>
      ),
    },
    {
      key: 'consumers',
      title: t('queues.consumers'),
      numeric: true,
      optional: true,
      cell: ({ consumers }) => number(consumers),
    },
    { key: 'retry', title: t('queues.retry'), numeric: true, optional: true, cell: ({ retry }) => number(retry) },
    {
      key: 'dead',
      title: t('queues.dead'),
      numeric: true,
      optional: true,
      cell: ({ dead, system, service }) =>
        dead === 0 ? (
          number(dead)
        ) : (
          <Link to="/failures" search={{ system, service }}>
            {number(dead)}
          </Link>
        ),
    },
    {
      key: 'rate',
      title: t('queues.perMinute'),
      numeric: true,
      optional: true,
      cell: ({ perMinute }) => number(perMinute?.done),
    },
    { key: 'state', title: t('queues.state'), wide: true, cell: (row) => <ReadingState row={row} /> },
  ];
  return (
    <DataTable
      label={t('queues.title')}
      columns={columns}
      rows={[...services].sort((a, b) => busy(b) - busy(a))}
      rowKey={({ service, system }) => `${service} ${system}`}
    />
  );
}
