import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { Pages } from '../parts/table/pages.js';
import { useZone } from '../parts/time/zone.js';
import { journalQuery } from './api.js';
import { Bar } from './bar.js';
import { Rows } from './rows.js';

const route = getRouteApi('/inside/journal');

/** What happened, and when. */
export function JournalPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const zone = useZone();
  const query = useQuery(journalQuery(search, zone));
  const filtered = Object.keys(search).some((key) => key !== 'after');
  return (
    <>
      <PageHead title={t('journal.title')} answer={t('journal.answer')} />
      <Bar search={search} />
      <Known query={query}>
        {({ entries, next }) => (
          <>
            {entries.length === 0 ? (
              <Empty title={filtered ? t('parts.nothingFits') : t('journal.empty')}>
                {filtered ? <Link to="/journal">{t('parts.clearFilter')}</Link> : t('journal.emptyText')}
              </Empty>
            ) : (
              <Rows events={entries} asked={JSON.stringify(search)} />
            )}
            <Pages
              first={
                search.after !== undefined && (
                  <Link to="/journal" search={{ ...search, after: undefined }}>
                    {t('parts.first')}
                  </Link>
                )
              }
              next={
                next !== undefined && (
                  <Link to="/journal" search={{ ...search, after: next }}>
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
