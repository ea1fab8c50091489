import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { useUser } from '../../sign-in/session.js';
import { groupCoursesQuery, type Els } from '../api.js';
import { BoundCourses, OfSystem } from '../parts/bound-courses.js';
import { InEls } from '../parts/in-els.js';

const route = getRouteApi('/inside/desk/groups/$code');

/** Which courses the group has now, and by whose documents. */
export function GroupPage() {
  const { t } = useTranslation();
  const { code } = route.useParams();
  const { system } = route.useSearch();
  return (
    <InEls title={t('desk.groups.one', { name: code })} system={system}>
      {(els, chosen) => <CoursesOfGroup {...{ code, els, system: chosen }} />}
    </InEls>
  );
}

function CoursesOfGroup({ code, els, system }: { code: string; els: Els[]; system: string }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const navigate = useNavigate({ from: '/desk/groups/$code' });
  const query = useQuery(groupCoursesQuery(code, system));
  const named = els.find((each) => each.code === system);
  return (
    <Known query={query} title={t('desk.groups.one', { name: code })}>
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
            <Stack component="section" gap={6} mb="md" key={semester}>
              <h2>
                {t('desk.history.semester', { semester })} · {t('desk.groups.number', { count: students })}
              </h2>
              {courses.length === 0 ? (
                <Empty title={t('desk.groups.noCourses')} />
              ) : (
                <BoundCourses {...{ courses, els: named }} />
              )}
            </Stack>
          ))}
        </>
      )}
    </Known>
  );
}
