import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesIn } from '../sheet/choices.js';
import { isFiltered, shownLines, type Filter } from '../sheet/filter.js';
import type { SheetStore } from '../sheet/store.js';
import { Block, OneOf, Words } from './fields.js';
import styles from './filters.module.css';

/** The filter goes into the address when the hand rests. */
const rest = 400;

/** The form's two blocks. The table follows at once, the address a little later, whoever has set the filter. */
export function Filters({ sheet }: { sheet: SheetStore }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/desk/documents/$id' });
  const filter = useSyncExternalStore(sheet.subscribe, sheet.filter);
  // the choices follow another table, not an edit of this one
  const filled = useSyncExternalStore(sheet.subscribe, sheet.filled);
  const choices = useMemo(() => choicesIn(filled), [filled]);
  useEffect(() => {
    const timer = setTimeout(() => void navigate({ search: filter, replace: true }), rest);
    return () => clearTimeout(timer);
  }, [filter, navigate]);
  const change = (part: Filter) => sheet.display({ ...filter, ...part });
  const number = (text: string) => (/^\d{1,10}$/.test(text) ? Number(text) : undefined);
  return (
    <div className={styles.blocks} role="search">
      <Block title={t('desk.form.filter.curriculumBlock')}>
        <Words
          label={t('desk.form.filter.curriculum')}
          value={filter.curriculum}
          choices={choices.curricula}
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
          choices={choices.disciplines}
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
        <Button variant="default" disabled={!isFiltered(filter)} onClick={() => sheet.display({})}>
          {t('desk.form.filter.clear')}
        </Button>
      </div>
    </div>
  );
}
