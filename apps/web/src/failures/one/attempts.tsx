import { useTranslation } from 'react-i18next';
import { LongText } from '../../parts/text/long-text.js';
import { When } from '../../parts/time/when.js';
import { useSaid, type Bilingual } from '../../texts/language.js';
import { isKind, type Failure } from '../api.js';
import styles from './one.module.css';

/** Attempts are told in short; the failure's own reason is that of one of them, as a whole. */
const isBeginning = (short: Bilingual, whole: Bilingual): boolean =>
  (['ru', 'en'] as const).every((language) => whole[language].startsWith(short[language].replace(/…$/, '')));

/** Every try that failed, the newest first. */
export function Attempts({ attempts, reason: newest }: Pick<Failure, 'attempts' | 'reason'>) {
  const { t } = useTranslation();
  const said = useSaid(Infinity);
  const kindOf = (kind: string) => (isKind(kind) ? t(`failures.kinds.${kind}`) : kind);
  return (
    <section className={styles.section}>
      <h2>{t('failures.one.what')}</h2>
      <ol className={styles.attempts} reversed>
        {attempts.map(({ time, reason, cause, kind }, index) => (
          <li key={`${time} ${cause}`}>
            <span className={styles.soft}>
              {t('failures.one.attempt')} {attempts.length - index} · <When time={time} /> · {kindOf(kind)}
            </span>
            <div>
              <LongText>{said(isBeginning(reason, newest) ? newest : reason)}</LongText>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
