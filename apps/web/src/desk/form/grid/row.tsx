import { memo, useSyncExternalStore } from 'react';
import type { TFunction } from 'i18next';
import type { CourseTitles } from '../../courses/titles.js';
import { useTitle } from '../../courses/use-titles.js';
import type { SheetStore } from '../sheet/store.js';
import { CourseInput } from './course-input.js';
import { columns, type ColumnName } from './cursor.js';
import type { Hint } from './deeds.js';
import styles from './grid.module.css';

interface Props {
  /** The table's: a row does not listen to the language by itself. */
  t: TFunction;
  store: SheetStore;
  titles: CourseTitles;
  id: string;
  row: number;
  place: number;
  start: number;
  readOnly: boolean;
  hint: Hint | undefined;
  /** Column that one is in; -1: one is in another row. */
  active: number;
  chosen: boolean;
  /** What is being typed. */
  editing: string | undefined;
  edit: (text: string) => void;
  done: (place: number, row: number, text: string, goOn: boolean) => void;
  giveUp: () => void;
  choose: (places: number[], text: string) => void;
}

/** One line: listens to itself alone. Plain cells of text, for they are many and are scrolled. */
export const Row = memo(function Row(props: Props) {
  const { t, store, titles, id, row, place, start, readOnly, hint, active, chosen, editing } = props;
  const line = useSyncExternalStore(store.subscribe, () => store.line(place));
  const course = line?.course ?? 0;
  const title = useSyncExternalStore(titles.subscribe, () => titles.titleFor(course));
  useTitle(titles, course);
  if (!line) return null;
  const { curriculum, department, discipline, semester, several, change, shown, state } = line;
  const note = change
    ? t('desk.form.was', { course: shown?.course ?? 0 })
    : hint && course === 0
      ? `${hint.course}: ${hint.why}`
      : state === 'current'
        ? ''
        : t(`desk.form.stood.${state}`);
  const cells: Record<ColumnName, string | number> = {
    ...{ number: row + 1, curriculum: curriculum.name, teaching: department.name, discipline: discipline.name },
    ...{ semester, several: '', note },
    course: course === 0 ? '' : title === undefined ? course : `${course} ${title}`,
  };
  return (
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${start}px)` }}
      aria-rowindex={row + 2}
      aria-selected={chosen}
      data-change={change || undefined}
      data-state={state}
    >
      {columns.map((column, index) => {
        const isEdited = column === 'course' && editing !== undefined;
        return (
          <div
            key={column}
            id={`${id}-${index}`}
            role="gridcell"
            aria-colindex={index + 1}
            aria-readonly={readOnly || (column !== 'course' && column !== 'several') || undefined}
            aria-label={labelOf(column)}
            className={styles[column]}
            data-row={row}
            data-column={index}
            data-active={index === active || undefined}
            data-marked={(column === 'several' && several) || undefined}
            data-hint={(column === 'note' && !change && hint !== undefined && course === 0) || undefined}
            title={cells[column] === '' || isEdited ? undefined : String(cells[column])}
          >
            {isEdited ? (
              <CourseInput
                label={t('desk.form.courseOf', { discipline: discipline.name, number: row + 1 })}
                {...{ text: editing, edit: props.edit, giveUp: props.giveUp }}
                done={(goOn) => props.done(place, row, editing, goOn)}
                choose={() => {
                  props.giveUp();
                  props.choose([place], editing);
                }}
              />
            ) : column === 'curriculum' ? (
              <NameWithYear name={curriculum.name} />
            ) : (
              cells[column]
            )}
          </div>
        );
      })}
    </div>
  );

  function labelOf(column: ColumnName): string | undefined {
    if (column === 'several') return t(several ? 'desk.form.isMarked' : 'desk.form.isNotMarked');
    if (column === 'course' && course === 0 && editing === undefined) return t('desk.form.noCourse');
    return undefined;
  }
});

/** Plans that only the year tells apart: what is too long is cut before it. */
function NameWithYear({ name }: { name: string }) {
  const year = /\s\d{4}$/.exec(name)?.[0];
  if (year === undefined) return name;
  return (
    <>
      <span>{name.slice(0, -year.length)}</span>
      {year}
    </>
  );
}
