import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { FilterText } from '../../parts/table/filter-text.js';
import tableStyles from '../../parts/table/table.module.css';
import { curriculaQuery, type ListedCurriculum } from '../api.js';
import { Turning } from '../parts/turning.js';

const route = getRouteApi('/inside/desk/curricula');

/** Curricula of the mirror, read only. */
export function CurriculaPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/desk/curricula' });
  const query = useQuery(curriculaQuery(search));
  return (
    <>
      <PageHead title={t('desk.curricula.title')} answer={t('desk.curricula.answer')} />
      <div className={tableStyles.bar} role="search">
        <FilterText
          label={t('desk.curricula.text')}
          value={search.text}
          change={(text) => void navigate({ search: { text }, replace: true })}
          w={300}
        />
      </div>
      <Known query={query}>
        {({ curricula, total }) =>
          curricula.length === 0 ? (
            <Empty title={t('parts.nothingFits')} />
          ) : (
            <>
              <Curricula curricula={curricula} />
              <Turning page={search.page ?? 1} total={total} to="/desk/curricula" />
            </>
          )
        }
      </Known>
    </>
  );
}

function Curricula({ curricula }: { curricula: ListedCurriculum[] }) {
  const { t } = useTranslation();
  const columns: Column<ListedCurriculum>[] = [
    { key: 'code', title: t('desk.directory.code'), cell: ({ code }) => code },
    { key: 'name', title: t('desk.groups.name'), wide: true, cell: ({ name }) => name },
    { key: 'year', title: t('desk.curricula.year'), numeric: true, cell: ({ year }) => year },
    { key: 'level', title: t('desk.form.filter.level'), optional: true, cell: ({ level }) => level },
    { key: 'mode', title: t('desk.form.filter.mode'), optional: true, cell: ({ mode }) => mode },
    {
      key: 'department',
      title: t('desk.form.filter.graduating'),
      optional: true,
      cell: ({ graduatingDepartmentName, graduatingDepartment }) => graduatingDepartmentName ?? graduatingDepartment,
    },
    {
      key: 'state',
      title: t('desk.documents.state'),
      cell: ({ approved, template }) =>
        t(template ? 'desk.curricula.template' : approved ? 'desk.curricula.approved' : 'desk.curricula.notApproved'),
    },
    { key: 'lines', title: t('desk.curricula.lines'), numeric: true, cell: ({ lines }) => lines },
  ];
  return <DataTable label={t('desk.curricula.title')} columns={columns} rows={curricula} rowKey={({ code }) => code} />;
}
