import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge, StateText } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { count } from '../parts/time/moment.js';
import { When } from '../parts/time/when.js';
import { PauseBadge } from '../systems/pause-line.js';
import { useLanguage } from '../texts/language.js';
import { queuesQuery, rowsOf, type QueueRow, type Queues } from './api.js';

export function QueuesPage() {
  const query = useQuery(queuesQuery);
  return <Known query={query}>{(queues) => <Whole queues={queues} />}</Known>;
}

function Whole({ queues }: { queues: Queues }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = rowsOf(queues);
  const waiting = rows.reduce((all, { work, retry }) => all + (work.ready ?? 0) + retry, 0);
  const number = (value: number | undefined) => (value === undefined ? '—' : count(value, language));
  const columns: Column<QueueRow>[] = [
    {
      key: 'service',
      title: t('queues.service'),
      cell: ({ service, isJournal }) => (isJournal ? t('queues.journal') : service),
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
    { key: 'work', title: t('queues.work'), numeric: true, cell: ({ work }) => number(work.ready) },
    {
      key: 'retry',
      title: t('queues.retry'),
      numeric: true,
      cell: ({ retry, isJournal }) => (isJournal ? '' : number(retry)),
    },
    {
      key: 'dead',
      title: t('queues.dead'),
      numeric: true,
      cell: ({ dead, system, service, isJournal }) =>
        dead > 0 ? (
          <Link to="/failures" search={{ system, service }}>
            {number(dead)}
          </Link>
        ) : (
          !isJournal && number(dead)
        ),
    },
    {
      key: 'consumers',
      title: t('queues.consumers'),
      numeric: true,
      optional: true,
      cell: ({ work }) => number(work.consumers),
    },
    { key: 'state', title: t('queues.state'), wide: true, cell: (row) => <RowState row={row} queues={queues} /> },
  ];
  return (
    <>
      <PageHead
        title={t('queues.title')}
        answer={
          <>
            {waiting === 0 ? t('queues.calm') : t('queues.answer', { count: waiting })}{' '}
            {t(`queues.sources.${queues.source}`)} {t('queues.asked')} <When time={queues.time} />.
          </>
        }
      />
      {queues.heldBack !== null && (
        <StateText state="self">{t('queues.heldBack', { reason: queues.heldBack })}</StateText>
      )}
      <DataTable
        label={t('queues.title')}
        columns={columns}
        rows={rows}
        rowKey={({ service, system }) => `${service} ${system}`}
      />
    </>
  );
}

function RowState({ row: { system, service, work }, queues }: { row: QueueRow; queues: Queues }) {
  const { t } = useTranslation();
  const pause = queues.pauses.find((each) => each.system === system && each.service === service);
  if (pause) return <PauseBadge pause={pause} />;
  if (work.ready === undefined) return <StateBadge state="person">{t('queues.absent')}</StateBadge>;
  if (work.consumers === 0) return <StateBadge state="person">{t('queues.nobody')}</StateBadge>;
  return <StateBadge state="well">{t('queues.reads')}</StateBadge>;
}
