import { useTranslation } from 'react-i18next';
import { Trend } from '../parts/chart/trend.js';
import { StateBadge } from '../parts/state.js';
import { useSaid, type Bilingual } from '../texts/language.js';
import { isMendedIn1C, stateOf, type FailureState, type Kind } from './api.js';
import styles from './failures.module.css';

export function FailureStateBadge({ state }: { state: FailureState }) {
  const { t } = useTranslation();
  return <StateBadge state={stateOf[state]}>{t(`failures.states.${state}`)}</StateBadge>;
}

/** What to do about it, and which of the two deeds ends it. */
export function Cure({ cure, kind, replayable }: { cure: Bilingual | null; kind: Kind; replayable?: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <p className={styles.cure}>
      <strong>{t('failures.cure')}:</strong> {cure ? `${said(cure).replace(/\.?$/, '.')} ` : `${t('failures.noCure')} `}
      <span className={styles.soft}>
        {isMendedIn1C({ kind, ...(replayable !== undefined && { replayable }) })
          ? t('failures.fitsAsk')
          : t('failures.fitsReplay')}
      </span>
    </p>
  );
}

/** Says a cause by the reason of one of its messages; whom that one is about is not what many have in common. */
export function useCause(): (cause: { reason: Bilingual; students: number }) => string {
  const said = useSaid();
  return ({ reason, students }) =>
    students > 1 ? said(reason).replace(/[.;,]?\s*(код студента|student code):?\s*\S+$/iu, '') : said(reason);
}

export function DayTrend({ values }: { values: number[] }) {
  const { t } = useTranslation();
  return <Trend values={values} label={t('failures.trendLabel', { numbers: values.join(', ') })} />;
}

/** What closed it: an outcome by its number, or the newer revision that came first. */
export function useClosedBy(): (closedBy: string) => string {
  const { t } = useTranslation();
  return (closedBy) => {
    const [, revision] = /^revision (\d+)$/.exec(closedBy) ?? [];
    return revision ? t('failures.one.overtaken', { revision }) : `${t('failures.one.closedBy')} ${closedBy}`;
  };
}
