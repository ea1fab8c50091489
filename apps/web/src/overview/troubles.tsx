import { useTranslation } from 'react-i18next';
import { LongText } from '../parts/text/long-text.js';
import { Since } from '../parts/time/when.js';
import { useSaid } from '../texts/language.js';
import type { Trouble } from './api.js';
import styles from './overview.module.css';

/** What services have found and no message carries, each with its mend. */
export function Troubles({ troubles, total }: { troubles: Trouble[]; total: number }) {
  const { t } = useTranslation();
  const said = useSaid(Infinity);
  return (
    <section className={styles.section}>
      <h2>{t('overview.troubles')}</h2>
      <ul className={styles.troubles}>
        {troubles.map(({ service, system, check, about, what, mend, since }) => (
          <li key={`${service} ${system} ${check} ${about}`}>
            <LongText>{said(what)}</LongText>{' '}
            <span className={styles.soft}>
              <LongText>{said(mend)}</LongText>
            </span>
            <div className={styles.soft}>
              {system || t('overview.everySystem')} · {service} · {t('failures.sinceText')} <Since time={since} />
            </div>
          </li>
        ))}
      </ul>
      {total > troubles.length && (
        <p className={styles.soft}>{t('overview.moreTroubles', { count: total - troubles.length })}</p>
      )}
    </section>
  );
}
