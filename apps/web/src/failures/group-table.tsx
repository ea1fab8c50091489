import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { useLiveRows } from '../parts/table/live-rows.js';
import { News } from '../parts/table/news.js';
import { Since, When } from '../parts/time/when.js';
import { failureStates, groupsQuery, listQuery, type Filters, type Group } from './api.js';
import { DayTrend, useCause } from './parts.js';
import styles from './failures.module.css';

const keyOf = ({ group }: Group): string => group;

/** One row for one cause: a missing course and its three hundred students. */
export function GroupTable({ filters }: { filters: Filters }) {
  const query = useQuery(groupsQuery(filters));
  return <Known query={query}>{({ groups }) => <Groups groups={groups} asked={JSON.stringify(filters)} />}</Known>;
}

function Groups({ groups, asked }: { groups: Group[]; asked: string }) {
  const { t } = useTranslation();
  const causeOf = useCause();
  const { rows, news, showNews, isGone, hold } = useLiveRows(groups, asked, keyOf);
  const columns: Column<Group>[] = [
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
    {
      key: 'students',
      title: t('failures.students'),
      numeric: true,
      cell: ({ students }) => students,
    },
    {
      key: 'replaying',
      title: '',
      optional: true,
      cell: ({ replaying }) =>
        replaying > 0 && <StateBadge state="self">{t('failures.replaying', { count: replaying })}</StateBadge>,
    },
    { key: 'system', title: t('failures.system'), cell: ({ system }) => system },
    { key: 'kind', title: t('failures.kind'), optional: true, cell: ({ kind }) => t(`failures.kinds.${kind}`) },
    { key: 'trend', title: t('failures.trend'), optional: true, cell: ({ trend }) => <DayTrend values={trend} /> },
    { key: 'since', title: t('failures.since'), optional: true, cell: ({ firstSeen }) => <Since time={firstSeen} /> },
    { key: 'last', title: t('failures.last'), optional: true, cell: ({ lastSeen }) => <When time={lastSeen} /> },
  ];
  if (rows.length === 0)
    return asked === '{}' ? (
      <Empty title={t('failures.empty')}>
        {t('failures.emptyText')} <LastOne />
      </Empty>
    ) : (
      <Empty title={t('parts.nothingFits')}>
        <Link to="/failures" search={{}}>
          {t('parts.clearFilter')}
        </Link>
      </Empty>
    );
  return (
    <>
      <News news={news} show={showNews} />
      <DataTable
        label={t('failures.byCause')}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        isGone={isGone}
        hold={hold}
      />
    </>
  );
}

/** Since when nothing failed: a calm page that says so is believed. */
function LastOne() {
  const { t } = useTranslation();
  const { data } = useQuery(listQuery({ states: [...failureStates] }));
  const [last] = data?.failures ?? [];
  return (
    last && (
      <>
        {t('failures.lastOne')} <When time={last.lastSeen} />.
      </>
    )
  );
}
