import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { FilterChoice } from '../../parts/table/filter-choice.js';
import { FilterText } from '../../parts/table/filter-text.js';
import tableStyles from '../../parts/table/table.module.css';
import { count } from '../../parts/time/moment.js';
import { useUser } from '../../sign-in/session.js';
import { useLanguage } from '../../texts/language.js';
import { elsQuery } from '../api.js';
import { Turning } from '../parts/turning.js';
import { rowsQuery } from './api.js';
import { DeleteRows } from './deeds.js';
import { Rows } from './rows.js';
import { errorKinds, isNarrowed, rowStates, spans, type RowsSearch } from './search.js';

const route = getRouteApi('/inside/desk/synchronization');

/** The register Synchronization: whom 1C does not offer, until when and why. */
export function SynchronizationPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { may } = useUser();
  const search = route.useSearch();
  const query = useQuery(rowsQuery(search));
  const hidden = useQuery(rowsQuery({ state: 'error', span: 'live' }, 1)).data?.total;
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const edits = may('desk.cancel');
  return (
    <>
      <PageHead
        title={t('desk.synchronization.title')}
        answer={
          hidden !== undefined && t('desk.synchronization.answer', { count: hidden, number: count(hidden, language) })
        }
      />
      <Bar search={search} clear={() => choose(new Set())} />
      <Known query={query}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Empty title={t(isNarrowed(search) ? 'parts.nothingFits' : 'desk.synchronization.none')} />
          ) : (
            <>
              {edits && (
                <div className={tableStyles.bar}>
                  <DeleteRows {...{ search, rows, total, chosen, done: () => choose(new Set()) }} />
                </div>
              )}
              <Rows rows={rows} {...(edits && { selection: { chosen, choose } })} />
              <Turning page={search.page ?? 1} total={total} to="/desk/synchronization" />
            </>
          )
        }
      </Known>
    </>
  );
}

function Bar({ search, clear }: { search: RowsSearch; clear: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/desk/synchronization' });
  const els = useQuery(elsQuery).data?.els ?? [];
  const change = (part: RowsSearch) => {
    // what is not seen any more is not chosen either
    clear();
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true });
  };
  return (
    <div className={tableStyles.bar} role="search">
      <FilterText
        label={t('desk.synchronization.text')}
        value={search.text}
        change={(text) => change({ text })}
        w={220}
      />
      <FilterChoice
        label={t('desk.els')}
        value={search.system}
        choices={els.map(({ code, name }) => ({ value: code, label: name }))}
        change={(system) => change({ system })}
      />
      <FilterChoice
        label={t('desk.synchronization.state')}
        value={search.state}
        choices={rowStates.map((value) => ({ value, label: t(`desk.synchronization.states.${value}`) }))}
        change={(state) => change({ state })}
      />
      <FilterChoice
        label={t('desk.synchronization.kind')}
        value={search.kind}
        choices={errorKinds.map((value) => ({ value, label: t(`desk.synchronization.kinds.${value}`) }))}
        change={(kind) => change({ kind })}
      />
      <FilterChoice
        label={t('desk.synchronization.span')}
        value={search.span}
        choices={spans.map((value) => ({ value, label: t(`desk.synchronization.spans.${value}`) }))}
        change={(span) => change({ span })}
      />
    </div>
  );
}
