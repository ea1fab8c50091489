import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { StateBadge } from '../parts/state.js';
import { useClosedBy } from '../failures/parts.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Pages } from '../parts/table/pages.js';
import { When } from '../parts/time/when.js';
import { useSaid } from '../texts/language.js';
import { colourOf, isFull, itemsQuery, type Item } from './api.js';

const route = getRouteApi('/inside/replays/$id');

export function Items({ id }: { id: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const closedBy = useClosedBy();
  const { state, after } = route.useSearch();
  const query = useQuery({ ...itemsQuery(id, state, after), refetchInterval: 4_000 });
  const columns: Column<Item>[] = [
    {
      key: 'failure',
      title: t('failures.code'),
      cell: ({ failure, code, system }) =>
        system === null ? (
          t('replays.one.forgotten')
        ) : (
          <Link to="/failures/one" search={{ id: failure }}>
            {code ?? t('failures.noStudent')}
          </Link>
        ),
    },
    { key: 'system', title: t('failures.system'), optional: true, cell: ({ system }) => system },
    {
      key: 'state',
      title: t('replays.state'),
      cell: (item) => <StateBadge state={colourOf[item.state]}>{t(`replays.items.${item.state}`)}</StateBadge>,
    },
    {
      key: 'reason',
      title: t('failures.cause'),
      wide: true,
      cell: (item) =>
        item.state === 'failed' && item.reason
          ? said(item.reason)
          : item.remark && (item.state === 'superseded' ? closedBy(item.remark) : item.remark),
    },
    {
      key: 'sent',
      title: t('replays.one.sentAt'),
      optional: true,
      cell: ({ sentAt }) => sentAt && <When time={sentAt} />,
    },
    { key: 'ended', title: t('replays.one.endedAt'), cell: ({ endedAt }) => endedAt && <When time={endedAt} /> },
  ];
  return (
    <Known query={query}>
      {(items) => (
        <>
          {items.length === 0 ? (
            <Empty title={t(state ? 'parts.nothingFits' : 'replays.one.noItems')}>
              {state && (
                <Link to="/replays/$id" params={{ id }}>
                  {t('parts.clearFilter')}
                </Link>
              )}
            </Empty>
          ) : (
            <DataTable label={t('replays.messages')} columns={columns} rows={items} rowKey={({ failure }) => failure} />
          )}
          <Pages
            first={
              after !== undefined && (
                <Link to="/replays/$id" params={{ id }} search={{ state }}>
                  {t('parts.first')}
                </Link>
              )
            }
            next={
              isFull(items) && (
                <Link to="/replays/$id" params={{ id }} search={{ state, after: items.at(-1)!.position }}>
                  {t('parts.next')}
                </Link>
              )
            }
          />
        </>
      )}
    </Known>
  );
}
