import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { Code } from '../../parts/text/code.js';
import { useUser } from '../../sign-in/session.js';
import type { Els } from '../api.js';
import { BoundCourses, OfSystem } from '../parts/bound-courses.js';
import { InEls } from '../parts/in-els.js';
import { studentCoursesQuery, type CoursesOfStudent } from './api.js';

const route = getRouteApi('/inside/desk/students/$code');

/** Which courses a student has now, and by whose documents; or what 1C finds wrong with them. */
export function PersonPage() {
  const { code } = route.useParams();
  const { system } = route.useSearch();
  return (
    <InEls title={code} system={system}>
      {(els, chosen) => <CoursesOfPerson {...{ code, els, system: chosen }} />}
    </InEls>
  );
}

function CoursesOfPerson({ code, els, system }: { code: string; els: Els[]; system: string }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const navigate = useNavigate({ from: '/desk/students/$code' });
  const query = useQuery(studentCoursesQuery(code, system));
  const named = els.find((each) => each.code === system);
  return (
    <Known query={query} title={code}>
      {(student) => (
        <>
          <PageHead
            title={<bdi>{student.name || t('desk.students.noName')}</bdi>}
            answer={
              <>
                <Code>{code}</Code> · <Where student={student} />
              </>
            }
          >
            {may('failures.see') && (
              <Link to="/students/$code" params={{ code }}>
                {t('desk.students.story')}
              </Link>
            )}
          </PageHead>
          <OfSystem
            els={els}
            system={system}
            change={(chosen) => void navigate({ search: { system: chosen }, replace: true })}
          />
          <Stack gap={6}>
            <p>
              <Found student={student} />
            </p>
            {student.courses.length > 0 && <BoundCourses {...{ courses: student.courses, els: named }} />}
          </Stack>
        </>
      )}
    </Known>
  );
}

/** Group, semester and curriculum, as far as they are known. */
function Where({ student: { group, groupName, semester, curriculum } }: { student: CoursesOfStudent }) {
  const { t } = useTranslation();
  return (
    <>
      {group === null ? (
        t('desk.students.noGroup')
      ) : (
        <Link to="/desk/groups/$code" params={{ code: group }}>
          {groupName ?? group}
        </Link>
      )}
      {semester !== null && ` · ${t('desk.history.semester', { semester })}`}
      {curriculum !== null && ` · ${t('desk.form.filter.curriculum')}: ${curriculum}`}
    </>
  );
}

function Found({ student: { continues, fault, courses } }: { student: CoursesOfStudent }) {
  const { t } = useTranslation();
  if (!continues) return <StateText state="self">{t('desk.students.notContinuing')}</StateText>;
  if (fault !== null)
    return (
      <StateText state="person">
        {t('desk.students.fault', { kind: t(`desk.synchronization.kinds.${fault}`) })}
      </StateText>
    );
  return t('desk.students.courses', { count: courses.length });
}
