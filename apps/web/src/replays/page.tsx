import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Pages } from '../parts/table/pages.js';
import { When } from '../parts/time/when.js';
import { colourOfReplay, isFull, replaysQuery, totalOf, type Replay } from './api.js';
import { ProgressBar, What } from './parts.js';

const route = getRouteApi('/inside/replays');

export function ReplaysPage() {
  const { t } = useTranslation();
  const { before } = route.useSearch();
  const query = useQuery(replaysQuery(before));
  const columns: Column<Replay>[] = [
    {
      key: 'begun',
      title: t('replays.begun'),
      cell: ({ id, createdAt }) => (
        <Link to="/replays/$id" params={{ id }}>
          <When time={createdAt} />
        </Link>
      ),
    },
    { key: 'what', title: t('replays.what'), wide: true, cell: ({ what }) => <What what={what} /> },
    { key: 'by', title: t('replays.by'), optional: true, cell: ({ by }) => by },
    {
      key: 'state',
      title: t('replays.state'),
      cell: ({ state }) => <StateBadge state={colourOfReplay[state]}>{t(`replays.states.${state}`)}</StateBadge>,
    },
    { key: 'messages', title: t('replays.messages'), numeric: true, optional: true, cell: (row) => totalOf(row) },
    { key: 'progress', title: t('replays.progress'), cell: (row) => <ProgressBar replay={row} /> },
    { key: 'succeeded', title: t('replays.succeeded'), numeric: true, cell: ({ items }) => items.succeeded },
    { key: 'failed', title: t('replays.failed'), numeric: true, optional: true, cell: ({ items }) => items.failed },
  ];
  return (
    <Known query={query} title={t('replays.title')}>
      {(replays) => {
        const running = replays.filter(({ state }) => state === 'running').length;
        const last = replays.at(-1);
        return (
          <>
            <PageHead
              title={t('replays.title')}
              answer={running > 0 ? t('replays.running', { count: running }) : t('replays.none')}
            />
            {replays.length === 0 ? (
              <Empty title={t('replays.empty')}>{t('replays.emptyText')}</Empty>
            ) : (
              <DataTable label={t('replays.title')} columns={columns} rows={replays} rowKey={({ id }) => id} />
            )}
            <Pages
              first={before !== undefined && <Link to="/replays">{t('parts.first')}</Link>}
              next={
                isFull(replays) && (
                  <Link to="/replays" search={{ before: last!.createdAt }}>
                    {t('parts.next')}
                  </Link>
                )
              }
            />
          </>
        );
      }}
    </Known>
  );
}
