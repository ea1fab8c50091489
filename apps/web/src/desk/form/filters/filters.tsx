import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesIn } from '../sheet/choices.js';
import { isFiltered, shownLines, type Filter } from '../sheet/filter.js';
import type { SheetStore } from '../sheet/store.js';
import { Block, OneOf, Words } from './fields.js';
import styles from './filters.module.css';

const route = getRouteApi('/inside/desk/documents/$id');
/** The filter goes into the address when the hand rests. */
const rest = 400;

/** The form's two blocks. The table follows at once, the address a little later. */
export function Filters({ sheet }: { sheet: SheetStore }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/desk/documents/$id' });
  const [filter, setFilter] = useState<Filter>(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { lines } = useSyncExternalStore(sheet.subscribe, sheet.sheet);
  // the choices follow another table, not an edit of this one
  const [{ length, first }, setOffered] = useState({ length: -1, first: lines[0]?.curriculum });
  if (length !== lines.length || first !== lines[0]?.curriculum)
    setOffered({ length: lines.length, first: lines[0]?.curriculum });
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const choices = useMemo(() => choicesIn(lines), [length, first]);
  useEffect(() => {
    sheet.display(filter);
    return () => clearTimeout(timer.current);
    // the filter of the address, once
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const change = (part: Filter) => {
    const next = { ...filter, ...part };
    setFilter(next);
    sheet.display(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void navigate({ search: next, replace: true }), rest);
  };
  const clear = () => {
    const nothing = Object.fromEntries(Object.keys(filter).map((key) => [key, undefined])) as Filter;
    change(nothing);
  };
  const number = (text: string) => (/^\d{1,10}$/.test(text) ? Number(text) : undefined);
  return (
    <div className={styles.blocks} role="search">
      <Block title={t('desk.form.filter.curriculumBlock')}>
        <Words
          label={t('desk.form.filter.curriculum')}
          value={filter.curriculum}
          choices={choices.curricula.map(({ label }) => label)}
          change={(curriculum) => change({ curriculum })}
        />
        <OneOf
          label={t('desk.form.filter.graduating')}
          value={filter.graduating}
          choices={choices.graduating}
          change={(graduating) => change({ graduating })}
        />
        <OneOf
          label={t('desk.form.filter.level')}
          value={filter.level}
          choices={choices.levels}
          change={(level) => change({ level })}
        />
        <OneOf
          label={t('desk.form.filter.mode')}
          value={filter.mode}
          choices={choices.modes}
          change={(mode) => change({ mode })}
        />
      </Block>
      <Block title={t('desk.form.filter.disciplineBlock')}>
        <Words
          label={t('desk.form.filter.discipline')}
          value={filter.discipline}
          choices={choices.disciplines.map(({ label }) => label)}
          change={(discipline) => change({ discipline })}
        />
        <OneOf
          label={t('desk.form.filter.teaching')}
          value={filter.teaching}
          choices={choices.teaching}
          change={(teaching) => change({ teaching })}
        />
        <OneOf
          label={t('desk.form.filter.semester')}
          value={filter.semester === undefined ? undefined : String(filter.semester)}
          choices={choices.semesters.map((each) => ({ value: String(each), label: String(each) }))}
          change={(semester) => change({ semester: semester === undefined ? undefined : Number(semester) })}
        />
        <Words
          label={t('desk.form.filter.course')}
          value={filter.course === undefined ? undefined : String(filter.course)}
          numeric
          change={(course) => change({ course: number(course ?? '') })}
        />
      </Block>
      <div className={styles.more}>
        <OneOf
          label={t('desk.form.filter.only')}
          value={filter.only}
          choices={shownLines.map((value) => ({ value, label: t(`desk.form.filter.lines.${value}`) }))}
          change={(only) => change({ only: only as Filter['only'] })}
        />
        <Button variant="default" disabled={!isFiltered(filter)} onClick={clear}>
          {t('desk.form.filter.clear')}
        </Button>
      </div>
    </div>
  );
}
