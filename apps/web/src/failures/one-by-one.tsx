import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { Pages } from '../parts/table/pages.js';
import { listQuery } from './api.js';
import { FailureTable } from './failure-table.js';
import { filtersOf, type FailuresSearch } from './search.js';

export function OneByOne({ search }: { search: FailuresSearch }) {
  const { t } = useTranslation();
  const { state, after } = search;
  const asked = { ...filtersOf(search), ...(state && { states: [state] }), ...(after && { after }) };
  const query = useQuery(listQuery(asked));
  return (
    <Known query={query}>
      {({ failures, total, next }) =>
        failures.length === 0 ? (
          <Empty title={Object.keys(asked).length > 0 ? t('parts.nothingFits') : t('failures.empty')}>
            {Object.keys(asked).length > 0 && (
              <Link to="/failures" search={{ view: 'list' }}>
                {t('parts.clearFilter')}
              </Link>
            )}
          </Empty>
        ) : (
          <>
            <FailureTable failures={failures} asked={JSON.stringify(asked)} withCause />
            <Pages
              total={total}
              first={
                after !== undefined && (
                  <Link to="/failures" search={{ ...search, after: undefined }}>
                    {t('parts.first')}
                  </Link>
                )
              }
              next={
                next !== undefined && (
                  <Link to="/failures" search={{ ...search, after: next }}>
                    {t('parts.next')}
                  </Link>
                )
              }
            />
          </>
        )
      }
    </Known>
  );
}
