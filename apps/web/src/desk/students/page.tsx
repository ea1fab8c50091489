import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { FilterChoice } from '../../parts/table/filter-choice.js';
import { FilterText } from '../../parts/table/filter-text.js';
import tableStyles from '../../parts/table/table.module.css';
import { Turning } from '../parts/turning.js';
import { peopleQuery, type ListedStudent } from './api.js';
import { continuing, type PeopleSearch } from './search.js';

const route = getRouteApi('/inside/desk/students');

/** Students as 1C has them, read only; each leads to the courses they have now. */
export function PeoplePage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const query = useQuery(peopleQuery(search));
  return (
    <>
      <PageHead title={t('desk.students.title')} answer={t('desk.students.answer')} />
      <Bar search={search} nameOfGroup={query.data?.students[0]?.groupName ?? search.group ?? ''} />
      <Known query={query}>
        {({ students, total }) =>
          students.length === 0 ? (
            <Empty title={t('parts.nothingFits')} />
          ) : (
            <>
              <People students={students} />
              <Turning page={search.page ?? 1} total={total} to="/desk/students" />
            </>
          )
        }
      </Known>
    </>
  );
}

function Bar({ search, nameOfGroup }: { search: PeopleSearch; nameOfGroup: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/desk/students' });
  const change = (part: PeopleSearch) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true });
  return (
    <div className={tableStyles.bar} role="search">
      <FilterText label={t('desk.students.text')} value={search.text} change={(text) => change({ text })} w={260} />
      <FilterChoice
        label={t('desk.students.continues')}
        value={search.continues}
        choices={continuing.map((value) => ({ value, label: t(`desk.students.continuing.${value}`) }))}
        change={(continues) => change({ continues })}
      />
      {search.group !== undefined && (
        <p>
          {t('desk.students.ofGroup', { name: nameOfGroup })}.{' '}
          <Anchor component="button" type="button" inherit onClick={() => change({ group: undefined })}>
            {t('desk.students.everyGroup')}
          </Anchor>
        </p>
      )}
    </div>
  );
}

function People({ students }: { students: ListedStudent[] }) {
  const { t } = useTranslation();
  const columns: Column<ListedStudent>[] = [
    {
      key: 'code',
      title: t('desk.students.code'),
      cell: ({ code }) => (
        <Link to="/desk/students/$code" params={{ code }}>
          {code}
        </Link>
      ),
    },
    {
      key: 'name',
      title: t('desk.students.name'),
      wide: true,
      cell: ({ lastname, firstname, middlename }) => (
        <bdi>{[lastname, firstname, middlename].filter(Boolean).join(' ') || t('desk.students.noName')}</bdi>
      ),
    },
    {
      key: 'group',
      title: t('desk.students.group'),
      cell: ({ group, groupName }) =>
        group === null ? (
          t('desk.students.noGroup')
        ) : (
          <Link to="/desk/groups/$code" params={{ code: group }}>
            {groupName ?? group}
          </Link>
        ),
    },
    { key: 'semester', title: t('desk.students.semester'), numeric: true, cell: ({ semester }) => semester ?? '—' },
    {
      key: 'continues',
      title: t('desk.students.continues'),
      cell: ({ continues }) => t(`desk.students.continuing.${continues ? 'yes' : 'no'}`),
    },
  ];
  return <DataTable label={t('desk.students.title')} columns={columns} rows={students} rowKey={({ code }) => code} />;
}
