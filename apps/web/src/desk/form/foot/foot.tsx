import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../parts/time/moment.js';
import { useLanguage } from '../../../texts/language.js';
import { countsQuery, type Els } from '../../api.js';
import { take, turnMark, type Hints, type TableDeed } from '../grid/deeds.js';
import type { DocumentSession } from '../session/session.js';
import styles from '../form.module.css';

interface Props {
  session: DocumentSession;
  hints: Hints;
  said: string;
  say: (deed: TableDeed) => void;
  named: Els | undefined;
  /** Opens the history of the line one is in. */
  look: () => void;
}

/** Under the table: marks of the displayed lines, what is changed, what is left to do. */
export function Foot({ session, hints, said, say, named, look }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sheet } = session;
  const displayed = useSyncExternalStore(sheet.subscribe, sheet.displayed);
  const { lines } = useSyncExternalStore(sheet.subscribe, sheet.sheet);
  const { changed, marked, markedHidden, total } = useSyncExternalStore(sheet.subscribe, sheet.counts);
  const act = (deed: TableDeed | undefined) => {
    if (deed) say(deed);
  };
  const open = useMemo(
    () => (hints.size === 0 ? [] : displayed.filter((place) => hints.has(place) && lines[place]?.course === 0)),
    [displayed, hints, lines],
  );
  return (
    <>
      <div className={styles.foot}>
        <Button
          variant="default"
          disabled={displayed.length === 0}
          onClick={() => act(turnMark(sheet, displayed, true))}
        >
          {t('desk.form.selectAll')}
        </Button>
        <Button variant="default" disabled={marked === 0} onClick={() => act(turnMark(sheet, displayed, false))}>
          {t('desk.form.clearAll')}
        </Button>
        {open.length > 0 && (
          <Button variant="default" onClick={() => act(take(sheet, open, hints))}>
            {t('desk.form.takeAll', { count: open.length })}
          </Button>
        )}
        <span className={styles.said} role="status" aria-live="polite">
          {said}
        </span>
        <span>
          {t('desk.form.lines', { number: count(displayed.length, language), total: count(total, language) })}
          {' · '}
          {t('desk.form.changed', { count: changed })}
          {' · '}
          {t('desk.form.marked', { count: marked })}
          {markedHidden > 0 && ` (${t('desk.form.markedHidden', { count: markedHidden })})`}
        </span>
      </div>
      <div className={styles.foot}>
        <Left named={named} />
        <Button variant="default" disabled={displayed.length === 0} onClick={look}>
          {t('desk.history.label')}
        </Button>
        <span className={styles.keys}>{t('desk.form.keys')}</span>
      </div>
    </>
  );
}

/** Empty bindings: in all; of the ELS, once it is chosen. */
function Left({ named }: { named: Els | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useQuery(countsQuery).data;
  if (!counts) return <span className={styles.said} />;
  const own = named && counts.systems.find(({ system }) => system === named.code);
  const { empty, missing } = own ?? counts.total;
  return (
    <span className={styles.said}>
      {t('desk.form.empty', { number: count(counts.total.empty, language) })}
      {own && ` (${named.name}: ${count(empty, language)})`}
      {missing > 0 && `. ${t('desk.form.missing', { count: missing })}`}
    </span>
  );
}
