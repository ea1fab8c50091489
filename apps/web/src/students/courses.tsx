import { useTranslation } from 'react-i18next';
import { StateBadge, type State } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { useSaid } from '../texts/language.js';
import type { Story } from './api.js';
import styles from './students.module.css';

type Course = Story['courses'][number];
const colours: Record<Course['state'], State> = {
  enrolled: 'well',
  failed: 'person',
  waiting: 'self',
  unclear: 'self',
};

export function Courses({ courses, moodle }: { courses: Course[]; moodle: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<Course>[] = [
    {
      key: 'course',
      title: t('students.course'),
      cell: ({ course }) =>
        /^\d+$/.test(course) ? (
          <a href={`${moodle}/course/view.php?id=${course}`} rel="noreferrer">
            {course}
          </a>
        ) : (
          <bdi>{course}</bdi>
        ),
    },
    {
      key: 'state',
      title: t('students.state'),
      cell: ({ state }) => <StateBadge state={colours[state]}>{t(`students.courseStates.${state}`)}</StateBadge>,
    },
    { key: 'reason', title: '', wide: true, cell: ({ reason }) => reason && <bdi>{said(reason)}</bdi> },
  ];
  return (
    <div>
      <h3>{t('students.courses')}</h3>
      {courses.length === 0 ? (
        <p className={styles.soft}>{t('students.noCourses')}</p>
      ) : (
        <DataTable label={t('students.courses')} columns={columns} rows={courses} rowKey={({ course }) => course} />
      )}
    </div>
  );
}
