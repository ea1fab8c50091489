import { useTranslation } from 'react-i18next';
import { LongText } from '../../parts/long-text.js';
import { When } from '../../parts/time/when.js';
import { useSaid } from '../../texts/language.js';
import { isKind, type Failure } from '../api.js';
import styles from './one.module.css';

/** Every try that failed, the newest first. */
export function Attempts({ attempts }: Pick<Failure, 'attempts'>) {
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
              <LongText>{said(reason)}</LongText>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
