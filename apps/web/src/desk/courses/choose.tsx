import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/act/problem.js';
import { useSaid } from '../../texts/language.js';
import { isCourse } from '../form/sheet/sheet.js';
import type { SheetStore } from '../form/sheet/store.js';
import { searchQuery } from './api.js';
import { boundCourses, fitting, type Course } from './bound.js';
import styles from './choose.module.css';
import type { CourseTitles } from './titles.js';

interface Props {
  sheet: SheetStore;
  /** The configured system whose Moodle is looked in. */
  system: string | undefined;
  titles: CourseTitles;
  /** What was typed in the table. */
  begin: string;
  take: (course: number) => void;
  close: () => void;
}

/** So many are listed; more of the name finds the others. */
const listed = 100;
/** Moodle is asked when the hand rests. Milliseconds. */
const rest = 300;

/** F4: a course is chosen by number or name. */
export function ChooseCourse({ sheet, system, titles, begin, take, close }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(begin);
  const [at, setAt] = useState(0);
  const known = useSyncExternalStore(titles.subscribe, titles.all);
  const all = useMemo(() => boundCourses(sheet.sheet().lines, (course) => known.get(course)), [sheet, known]);
  useEffect(() => all.forEach((course) => titles.want(course.id)), [all, titles]);
  const said = useSaid();
  const [rested] = useDebouncedValue(text.trim(), rest);
  const inMoodle = useQuery(searchQuery(system, rested));
  const bound = fitting(all, text);
  const others = text.trim() === '' ? [] : (inMoodle.data?.courses ?? []);
  const found: Course[] = [
    ...bound,
    ...others
      .filter(({ id: course }) => !bound.some((one) => one.id === course))
      .map(({ id: course, fullname, shortname }) => ({ id: course, title: fullname, shortname, disciplines: [] })),
  ].slice(0, listed);
  const typed = Number(text.trim());
  const own: Course[] =
    /^\d+$/.test(text.trim()) && isCourse(typed) && typed > 0 && !found.some((course) => course.id === typed)
      ? [{ id: typed, title: t('desk.courses.asTyped'), disciplines: [] }]
      : [];
  const courses = [...own, ...found];
  const active = Math.min(at, courses.length - 1);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(courses.length - 1, to));
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => go(active + 1),
    ArrowUp: () => go(active - 1),
    PageDown: () => go(active + 10),
    PageUp: () => go(active - 10),
    Enter: () => courses[active] && take(courses[active].id),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = keys[event.key];
    if (!deed || event.ctrlKey) return;
    event.preventDefault();
    deed();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('desk.courses.choose')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <TextInput
        data-autofocus
        label={t('desk.courses.text')}
        description={t('desk.courses.hint')}
        value={text}
        role="combobox"
        aria-expanded={courses.length > 0}
        aria-controls={id}
        aria-activedescendant={courses.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label={t('desk.courses.found')} className={styles.list}>
        {courses.map((course, index) => (
          <li
            key={course.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.course}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(course.id)}
          >
            <b>{course.id}</b>
            <span>
              {course.title}
              {course.shortname && ` (${course.shortname})`}
            </span>
            {course.disciplines.length > 0 && (
              <small>{t('desk.courses.boundTo', { disciplines: course.disciplines.join(', ') })}</small>
            )}
          </li>
        ))}
      </ul>
      {courses.length === 0 && !inMoodle.isFetching && <p role="status">{t('desk.courses.nothing')}</p>}
      {inMoodle.data?.trouble && (
        <p role="status">{t('desk.courses.notAsked', { why: said(inMoodle.data.trouble) })}</p>
      )}
      {inMoodle.error && <ProblemNote error={inMoodle.error} />}
    </Modal>
  );
}
