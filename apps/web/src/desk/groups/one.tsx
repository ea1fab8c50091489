import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { useUser } from '../../sign-in/session.js';
import { elsQuery, groupCoursesQuery } from '../api.js';
import { BoundCourses, OfSystem } from '../parts/bound-courses.js';

const route = getRouteApi('/inside/desk/groups/$code');

/** Which courses the group has now, and by whose documents. */
export function GroupPage() {
  const { t } = useTranslation();
  const { may } = useUser();
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
          >
            {may('students.read') && (
              <Link to="/desk/students" search={{ group: code }}>
                {t('desk.students.list')}
              </Link>
            )}
          </PageHead>
          <OfSystem
            els={els}
            system={system}
            change={(chosen) => void navigate({ search: { system: chosen }, replace: true })}
          />
          {semesters.length === 0 && <Empty title={t('desk.groups.nobody')} />}
          {semesters.map(({ semester, students, courses }) => (
            <section key={semester}>
              <h2>
                {t('desk.history.semester', { semester })} · {t('desk.groups.number', { count: students })}
              </h2>
              {courses.length === 0 ? <Empty title={t('desk.groups.noCourses')} /> : <BoundCourses courses={courses} />}
            </section>
          ))}
        </>
      )}
    </Known>
  );
}
