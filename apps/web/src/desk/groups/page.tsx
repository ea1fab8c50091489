import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { FilterText } from '../../parts/table/filter-text.js';
import tableStyles from '../../parts/table/table.module.css';
import { groupsQuery, type ListedGroup } from '../api.js';
import { Turning } from '../parts/turning.js';

const route = getRouteApi('/inside/desk/groups');

/** Groups, read only; each leads to the courses it has now. */
export function GroupsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/desk/groups' });
  const query = useQuery(groupsQuery(search));
  return (
    <>
      <PageHead title={t('desk.groups.title')} answer={t('desk.groups.answer')} />
      <div className={tableStyles.bar} role="search">
        <FilterText
          label={t('desk.groups.text')}
          value={search.text}
          change={(text) => void navigate({ search: { text }, replace: true })}
          w={260}
        />
      </div>
      <Known query={query}>
        {({ groups, total }) =>
          groups.length === 0 ? (
            <Empty title={t('parts.nothingFits')} />
          ) : (
            <>
              <Groups groups={groups} />
              <Turning page={search.page ?? 1} total={total} to="/desk/groups" />
            </>
          )
        }
      </Known>
    </>
  );
}

function Groups({ groups }: { groups: ListedGroup[] }) {
  const { t } = useTranslation();
  const columns: Column<ListedGroup>[] = [
    {
      key: 'name',
      title: t('desk.groups.name'),
      cell: ({ code, name }) => (
        <Link to="/desk/groups/$code" params={{ code }}>
          {name}
        </Link>
      ),
    },
    { key: 'year', title: t('desk.curricula.year'), numeric: true, cell: ({ year }) => year },
    {
      key: 'field',
      title: t('desk.curricula.field'),
      wide: true,
      cell: ({ field, profile }) => [field, profile].filter(Boolean).join(', '),
    },
    { key: 'mode', title: t('desk.form.filter.mode'), optional: true, cell: ({ mode }) => mode },
    {
      key: 'curricula',
      title: t('desk.form.filter.curriculum'),
      cell: ({ curricula }) =>
        curricula.length === 1 ? (
          curricula[0]
        ) : (
          <StateText state="person">{t('desk.groups.fits', { count: curricula.length })}</StateText>
        ),
    },
    { key: 'students', title: t('desk.groups.students'), numeric: true, cell: ({ students }) => students },
  ];
  return <DataTable label={t('desk.groups.title')} columns={columns} rows={groups} rowKey={({ code }) => code} />;
}
