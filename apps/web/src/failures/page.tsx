import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/act/problem.js';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { useUser } from '../sign-in/session.js';
import { countQuery, downloadCsv } from './api.js';
import { Archive } from './deeds/put-aside.js';
import { AskAgain } from './deeds/ask.js';
import { Replay } from './deeds/replay.js';
import { FilterBar } from './filter-bar.js';
import { GroupTable } from './group-table.js';
import { OneByOne } from './one-by-one.js';
import { filtersOf } from './search.js';
import styles from './failures.module.css';

const route = getRouteApi('/inside/failures');

export function FailuresPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { may } = useUser();
  const filters = filtersOf(search);
  const { data: counted, error: notCounted } = useQuery(countQuery(filters));
  const download = useMutation({ mutationFn: downloadCsv });
  const waiting = counted ? counted.failures + counted.withoutMessage : 0;
  const chosen = {
    selection: Object.keys(filters).length > 0 ? filters : { all: true as const },
    number: counted?.failures ?? 0,
  };
  const isList = search.view === 'list';
  return (
    <>
      <PageHead
        title={t('failures.title')}
        answer={
          counted
            ? (waiting === 0 ? t('failures.calm') : `${t('failures.answer', { count: counted.students })}.`) +
              (counted.replaying > 0 ? ` ${t('failures.replaying', { count: counted.replaying })}.` : '')
            : notCounted && t('failures.notCounted')
        }
      >
        {may('failures.mend') && waiting > 0 && (
          <>
            <Replay chosen={chosen} />
            <AskAgain chosen={{ ...chosen, number: waiting }} />
            <Archive chosen={{ ...chosen, number: waiting }} />
          </>
        )}
        <Button
          variant="default"
          leftSection={<Icon name="download" />}
          loading={download.isPending}
          onClick={() => download.mutate({ ...filters, ...(search.state && { states: [search.state] }) })}
        >
          {t('failures.csv')}
        </Button>
      </PageHead>
      {download.error && <ProblemNote error={download.error} />}
      <nav className={styles.tabs} aria-label={t('failures.title')}>
        {([undefined, 'list'] as const).map((view) => (
          <Link
            key={view ?? 'cause'}
            to="/failures"
            className={styles.tab!}
            search={{ ...search, view, after: undefined }}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {view === 'list' ? t('failures.oneByOne') : t('failures.byCause')}
          </Link>
        ))}
      </nav>
      <FilterBar search={search} />
      {isList ? <OneByOne search={search} /> : <GroupTable filters={filters} />}
    </>
  );
}
