import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { FilterChoice } from '../../parts/table/filter-choice.js';
import tableStyles from '../../parts/table/table.module.css';
import { elsQuery, groupCoursesQuery, type BoundCourse } from '../api.js';
import { Naive } from '../parts/naive.js';

const route = getRouteApi('/inside/desk/groups/$code');

/** Which courses the group has now, and by whose documents. */
export function GroupPage() {
  const { t } = useTranslation();
  const { code } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/desk/groups/$code' });
  const els = useQuery(elsQuery).data?.els ?? [];
  const system = search.system ?? els[0]?.code;
  const query = useQuery({ ...groupCoursesQuery(code, system ?? ''), enabled: system !== undefined });
  return (
    <Known query={query}>
      {({ name, curricula, semesters }) => (
        <>
          <PageHead
            title={t('desk.groups.one', { name })}
            answer={
              curricula.length === 1 ? (
                `${t('desk.form.filter.curriculum')}: ${curricula[0]}`
              ) : (
                <StateText state="person">{t('desk.groups.noPlan', { count: curricula.length })}</StateText>
              )
            }
          />
          {els.length > 1 && (
            <div className={tableStyles.bar}>
              <FilterChoice
                label={t('desk.els')}
                value={system}
                choices={els.map((each) => ({ value: each.code, label: each.name }))}
                change={(chosen) => void navigate({ search: { system: chosen }, replace: true })}
              />
            </div>
          )}
          {semesters.length === 0 && <Empty title={t('desk.groups.nobody')} />}
          {semesters.map(({ semester, students, courses }) => (
            <section key={semester}>
              <h2>
                {t('desk.history.semester', { semester })} · {t('desk.groups.number', { count: students })}
              </h2>
              {courses.length === 0 ? <Empty title={t('desk.groups.noCourses')} /> : <Courses courses={courses} />}
            </section>
          ))}
        </>
      )}
    </Known>
  );
}

function Courses({ courses }: { courses: BoundCourse[] }) {
  const { t } = useTranslation();
  const columns: Column<BoundCourse>[] = [
    { key: 'course', title: t('desk.form.columns.course'), numeric: true, cell: ({ courseId }) => courseId },
    {
      key: 'disciplines',
      title: t('desk.groups.boundBy'),
      wide: true,
      cell: ({ disciplines }) =>
        disciplines.map(({ name, document, number, author, since }) => (
          <div key={`${name} ${document}`}>
            {name}:{' '}
            <Link to="/desk/documents/$id" params={{ id: document }}>
              {number || document.slice(0, 8)}
            </Link>
            , {author}, <Naive date={since} />
          </div>
        )),
    },
  ];
  return (
    <DataTable
      label={t('desk.groups.courses')}
      columns={columns}
      rows={courses}
      rowKey={({ courseId }) => String(courseId)}
    />
  );
}
