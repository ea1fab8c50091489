import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { FilterChoice } from '../../parts/table/filter-choice.js';
import tableStyles from '../../parts/table/table.module.css';
import type { BoundCourse, Els } from '../api.js';
import type { CourseTitles } from '../courses/titles.js';
import { useCourseTitles, useTitle } from '../courses/use-titles.js';
import { Naive } from './naive.js';

/** Courses of a semester, with the disciplines and documents that bind them. */
export function BoundCourses({ courses, els }: { courses: BoundCourse[]; els: Els | undefined }) {
  const { t } = useTranslation();
  const titles = useCourseTitles(els?.ids[0]);
  const columns: Column<BoundCourse>[] = [
    { key: 'course', title: t('desk.form.columns.course'), numeric: true, cell: ({ courseId }) => courseId },
    {
      key: 'title',
      title: t('desk.groups.course'),
      wide: true,
      cell: ({ courseId }) => <Title {...{ titles, course: courseId }} />,
    },
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

/** As Moodle calls it. */
function Title({ titles, course }: { titles: CourseTitles; course: number }) {
  useTitle(titles, course);
  return <bdi>{useSyncExternalStore(titles.subscribe, () => titles.titleFor(course))}</bdi>;
}

interface OfSystemProps {
  els: Els[];
  /** Code of the ELS that is shown. */
  system: string | undefined;
  change: (system: string | undefined) => void;
}

/** Where there are several ELS: which one's courses are shown. */
export function OfSystem({ els, system, change }: OfSystemProps) {
  const { t } = useTranslation();
  if (els.length < 2) return null;
  return (
    <div className={tableStyles.bar}>
      <FilterChoice
        label={t('desk.els')}
        value={system}
        choices={els.map((each) => ({ value: each.code, label: each.name }))}
        change={change}
      />
    </div>
  );
}
