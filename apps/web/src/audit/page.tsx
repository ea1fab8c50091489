import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import { Code } from '../parts/text/code.js';
import { Empty, Known } from '../parts/known.js';
import { LongText } from '../parts/text/long-text.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { FilterText } from '../parts/table/filter-text.js';
import { Pages } from '../parts/table/pages.js';
import tableStyles from '../parts/table/table.module.css';
import { When } from '../parts/time/when.js';
import { useActionName } from './actions.js';

type Entry = components['schemas']['AuditEntry'];
const route = getRouteApi('/inside/audit');

export interface AuditSearch {
  by?: string | undefined;
  about?: string | undefined;
  after?: number | undefined;
}

/** Who did what, when and why. */
export function AuditPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/audit' });
  const change = (part: AuditSearch) =>
    void navigate({ search: { ...search, after: undefined, ...part }, replace: true });
  const query = useQuery({
    queryKey: ['audit', search],
    queryFn: () => ask(api.GET('/api/audit', { params: { query: { ...search, limit: 50 } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('audit.title')} answer={t('audit.answer')} />
      <div className={tableStyles.bar} role="search">
        <FilterText label={t('audit.by')} value={search.by} change={(by) => change({ by })} w={160} />
        <FilterText
          label={t('audit.about')}
          value={search.about}
          change={(about) => change({ about })}
          leftSection={undefined}
          w={240}
        />
      </div>
      <Known query={query}>
        {({ entries, more }) => (
          <>
            {entries.length === 0 ? <Empty title={t('audit.empty')} /> : <Rows entries={entries} />}
            <Pages
              first={
                search.after !== undefined && (
                  <Link to="/audit" search={{ ...search, after: undefined }}>
                    {t('parts.first')}
                  </Link>
                )
              }
              next={
                more && (
                  <Link to="/audit" search={{ ...search, after: Number(entries.at(-1)!.id) }}>
                    {t('parts.next')}
                  </Link>
                )
              }
            />
          </>
        )}
      </Known>
    </>
  );
}

function Rows({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  const nameOf = useActionName();
  const columns: Column<Entry>[] = [
    { key: 'time', title: t('audit.time'), cell: ({ time }) => <When time={time} /> },
    { key: 'by', title: t('audit.by'), cell: ({ by }) => <bdi>{by}</bdi> },
    { key: 'action', title: t('audit.action'), cell: ({ action }) => nameOf(action) },
    { key: 'system', title: t('audit.system'), optional: true, cell: ({ system }) => system },
    { key: 'about', title: t('audit.about'), cell: ({ about }) => about && <Code>{about.slice(0, 80)}</Code> },
    {
      key: 'reason',
      title: t('audit.reason'),
      wide: true,
      cell: ({ reason }) => reason && <LongText length={160}>{reason}</LongText>,
    },
    { key: 'number', title: t('audit.number'), numeric: true, optional: true, cell: ({ number }) => number },
    {
      key: 'outcome',
      title: t('audit.outcome'),
      cell: ({ outcome }) =>
        outcome === 'failed' ? (
          <StateBadge state="person">{t('audit.outcomes.failed')}</StateBadge>
        ) : (
          <StateBadge state="well">{t(`audit.outcomes.${outcome ?? 'unknown'}`)}</StateBadge>
        ),
    },
  ];
  return <DataTable label={t('audit.title')} columns={columns} rows={entries} rowKey={({ id }) => id} />;
}
