import { useTranslation } from 'react-i18next';
import { LongText } from '../../parts/text/long-text.js';
import { When } from '../../parts/time/when.js';
import type { Failure } from '../api.js';
import styles from './one.module.css';

export function Notes({ notes }: Pick<Failure, 'notes'>) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h2>{t('failures.one.notes')}</h2>
      {notes.length === 0 ? (
        <p className={styles.soft}>{t('failures.one.noNotes')}</p>
      ) : (
        <ul className={styles.attempts}>
          {notes.map(({ time, by, text }) => (
            <li key={time + by}>
              <span className={styles.soft}>
                {by} · <When time={time} />
              </span>
              <div>
                {text === null ? (
                  <em className={styles.soft}>{t('failures.one.noteHidden')}</em>
                ) : (
                  <LongText>{text}</LongText>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
