import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { FilterChoice } from '../parts/table/filter-choice.js';
import { FilterText } from '../parts/table/filter-text.js';
import tableStyles from '../parts/table/table.module.css';
import { useSystemNames } from '../systems/names.js';
import { useUser } from '../sign-in/session.js';
import { isAsked, studentsQuery, type Found, type StudentsSearch } from './api.js';
import { ByName } from './by-name.js';
import { OutcomeBadge } from './outcome.js';

const route = getRouteApi('/inside/students');

export function StudentsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const query = useQuery(studentsQuery(search));
  const names = useUser().may('names.see');
  return (
    <>
      <PageHead title={t('students.title')} answer={t(names ? 'students.how' : 'students.howWithoutNames')} />
      <Bar search={search} names={names} />
      {names && search.name !== undefined && <ByName name={search.name} />}
      {isAsked(search) && (
        <Known query={query}>
          {({ students }) =>
            students.length === 0 ? (
              <Empty title={t('students.nobody')}>{t('students.nobodyText')}</Empty>
            ) : (
              <Rows students={students} />
            )
          }
        </Known>
      )}
    </>
  );
}

function Bar({ search, names }: { search: StudentsSearch; names: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/students' });
  const systems = useSystemNames();
  const change = (part: StudentsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const plain = { leftSection: undefined };
  return (
    <div className={tableStyles.bar} role="search">
      {names && (
        <FilterText
          {...{ label: t('students.name'), placeholder: t('students.nameHint'), autoComplete: 'off', w: 220 }}
          value={search.name}
          change={(name) => change({ name })}
        />
      )}
      <FilterText
        {...{ label: t('students.code'), placeholder: t('students.codeHint'), autoFocus: true, w: 160 }}
        value={search.code}
        change={(code) => change({ code })}
      />
      <FilterText
        {...{ ...plain, label: t('students.group'), placeholder: t('students.groupHint'), w: 180 }}
        value={search.group}
        change={(group) => change({ group })}
      />
      <FilterText
        {...{ ...plain, label: t('students.moodleUser'), inputMode: 'numeric', w: 130 }}
        value={search.moodleUser === undefined ? undefined : String(search.moodleUser)}
        change={(text) =>
          change({ moodleUser: text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined })
        }
      />
      {systems.length > 1 && (
        <FilterChoice
          label={t('students.system')}
          value={search.system}
          choices={systems.map(({ system }) => ({ value: system, label: system }))}
          change={(system) => change({ system })}
        />
      )}
    </div>
  );
}

function Rows({ students }: { students: Found[] }) {
  const { t } = useTranslation();
  const columns: Column<Found>[] = [
    {
      key: 'code',
      title: t('students.code'),
      cell: ({ code }) => (
        <Link to="/students/$code" params={{ code }}>
          {code}
        </Link>
      ),
    },
    { key: 'group', title: t('students.group'), cell: ({ group }) => group },
    { key: 'system', title: t('students.system'), cell: ({ system }) => system },
    {
      key: 'outcome',
      title: t('students.outcome'),
      wide: true,
      cell: ({ outcome }) => <OutcomeBadge outcome={outcome} />,
    },
  ];
  return (
    <>
      <p>{t('students.found', { count: new Set(students.map(({ code }) => code)).size })}</p>
      <DataTable
        label={t('students.title')}
        columns={columns}
        rows={students}
        rowKey={({ system, code }) => `${system} ${code}`}
      />
    </>
  );
}
