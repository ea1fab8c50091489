import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Known } from '../parts/known.js';
import { count, lasting } from '../parts/time/moment.js';
import { ReadAt } from '../parts/time/read-at.js';
import { Since } from '../parts/time/when.js';
import { useLanguage } from '../texts/language.js';
import { passQuery, type PassOfSystem } from './api.js';
import styles from './pass.module.css';

const minute = 60_000;

/** How far the pass is, where that can be known; beside much else nothing is said as long as it is not. */
export function Pass({ system }: { system: string }) {
  const { data } = useQuery(passQuery(system));
  return data ? <HowFar data={data} whole={false} /> : null;
}

/** All that is known of the pass, and where it is not known how far it is, why. */
export function WholePass({ system }: { system: string }) {
  return (
    <Known query={useQuery(passQuery(system))} rows={1}>
      {(data) => <HowFar data={data} whole />}
    </Known>
  );
}

function HowFar({ data, whole }: { data: PassOfSystem; whole: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { students, left, perMinute, minutesLeft, underWay, oldest, window } = data;
  const number = (value: number) => count(value, language);
  const known = students !== null && left !== null && (whole || left > 0);
  if (!known && !whole) return null;
  return (
    <div className={styles.pass}>
      {known && (
        <>
          <span>
            {left === 0
              ? t('systems.pass.done')
              : t('systems.pass.left', { left: number(left), students: number(students) })}
          </span>
          {left > 0 && (
            <span
              className={styles.bar}
              role="img"
              aria-label={t('systems.pass.label', { percent: percent(students, left) })}
            >
              <span style={{ width: `${percent(students, left)}%` }} />
            </span>
          )}
          {left > 0 && <span>{percent(students, left)} %</span>}
          {minutesLeft !== null && left > 0 && (
            <span>{t('systems.pass.time', { time: lasting(minutesLeft * minute, language) })}</span>
          )}
        </>
      )}
      {whole && !data.counts && <span className={styles.soft}>{t('systems.pass.unknown')}</span>}
      {whole && data.counts && (
        <span>
          <ReadAt {...data} />
        </span>
      )}
      {whole && <span>{t('overview.rate', { rate: number(Math.round(perMinute)) })}</span>}
      {whole && (
        <span>
          {t('systems.pass.underWay', { number: number(underWay), window: number(window) })}
          {oldest && (
            <>
              {', '}
              {t('queues.oldest')} <Since time={oldest} />
            </>
          )}
        </span>
      )}
    </div>
  );
}

const percent = (students: number, left: number): number =>
  students === 0 ? 100 : Math.max(0, Math.floor(((students - left) / students) * 100));
