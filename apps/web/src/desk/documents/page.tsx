import { Button, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { FilterChoice } from '../../parts/table/filter-choice.js';
import { FilterText } from '../../parts/table/filter-text.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import tableStyles from '../../parts/table/table.module.css';
import { count } from '../../parts/time/moment.js';
import { useUser } from '../../sign-in/session.js';
import { useLanguage } from '../../texts/language.js';
import { authorsQuery, countsQuery, documentsQuery, elsQuery, type ListedDocument } from '../api.js';
import { Naive } from '../parts/naive.js';
import { Turning } from '../parts/turning.js';
import { CopyDocument, MarkDocument } from './deeds.js';
import { GoneOffer } from './gone-offer.js';
import { DocumentIcon, stateNamed } from './icon.js';
import { documentStates, type DocumentsSearch } from './search.js';

const route = getRouteApi('/inside/desk/documents');

/** The list of documents, as 1C shows it. */
export function DocumentsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { may } = useUser();
  const search = route.useSearch();
  const query = useQuery(documentsQuery(search));
  const counts = useQuery(countsQuery).data?.total;
  return (
    <>
      <PageHead
        title={t('desk.documents.title')}
        answer={counts && t('desk.documents.answer', { number: count(counts.empty, language), count: counts.missing })}
      >
        {may('desk.post') && (
          <Button renderRoot={(props) => <Link {...props} to="/desk/documents/$id" params={{ id: 'new' }} />}>
            {t('desk.documents.create')}
          </Button>
        )}
      </PageHead>
      {may('desk.post') && <GoneOffer />}
      <Bar search={search} />
      <Known query={query}>
        {({ documents, total }) =>
          documents.length === 0 ? (
            <Empty title={t(isFiltered(search) ? 'parts.nothingFits' : 'desk.documents.none')} />
          ) : (
            <>
              <List documents={documents} />
              <Turning page={search.page ?? 1} total={total} to="/desk/documents" />
            </>
          )
        }
      </Known>
    </>
  );
}

const isFiltered = ({ state, system, author, text }: DocumentsSearch) =>
  [state, system, author, text].some((each) => each !== undefined);

function Bar({ search }: { search: DocumentsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/desk/documents' });
  const els = useQuery(elsQuery).data?.els ?? [];
  const authors = useQuery(authorsQuery).data ?? [];
  const change = (part: DocumentsSearch) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true });
  return (
    <div className={tableStyles.bar} role="search">
      <FilterText label={t('desk.documents.text')} value={search.text} change={(text) => change({ text })} w={260} />
      <FilterChoice
        label={t('desk.documents.state')}
        value={search.state}
        choices={documentStates.map((value) => ({ value, label: t(`desk.states.${value}`) }))}
        change={(state) => change({ state })}
      />
      <FilterChoice
        label={t('desk.els')}
        value={search.system}
        choices={els.map(({ code, name }) => ({ value: code, label: name }))}
        change={(system) => change({ system })}
      />
      <FilterChoice
        label={t('desk.author')}
        value={search.author}
        choices={authors.map((value) => ({ value, label: value }))}
        change={(author) => change({ author })}
      />
    </div>
  );
}

function List({ documents }: { documents: ListedDocument[] }) {
  const { t } = useTranslation();
  const els = useQuery(elsQuery).data?.els ?? [];
  const { may } = useUser();
  const columns: Column<ListedDocument>[] = [
    {
      key: 'state',
      title: <VisuallyHidden>{t('desk.documents.state')}</VisuallyHidden>,
      cell: (row) => <DocumentIcon state={stateNamed(row)} />,
    },
    { key: 'date', title: t('desk.documents.date'), cell: ({ date }) => <Naive date={date} /> },
    {
      key: 'number',
      title: t('desk.documents.number'),
      cell: ({ id, number }) => (
        <Link to="/desk/documents/$id" params={{ id }}>
          {number}
        </Link>
      ),
    },
    {
      key: 'els',
      title: t('desk.els'),
      cell: ({ system }) => els.find(({ code }) => code === system)?.name ?? system ?? '—',
    },
    { key: 'author', title: t('desk.author'), cell: ({ author }) => author },
    { key: 'lines', title: t('desk.documents.lines'), numeric: true, cell: ({ changed }) => changed },
    { key: 'comment', title: t('desk.comment'), wide: true, optional: true, cell: ({ comment }) => comment },
  ];
  if (may('desk.post'))
    columns.push({
      key: 'deeds',
      title: '',
      cell: (row) => (
        <>
          {row.system !== null && <CopyDocument document={row} />}
          {(!row.posted || may('desk.cancel')) && <MarkDocument document={row} />}
        </>
      ),
    });
  return <DataTable label={t('desk.documents.title')} columns={columns} rows={documents} rowKey={({ id }) => id} />;
}
