import { useTranslation } from 'react-i18next';
import { Since } from '../parts/time/when.js';
import type { Story } from './api.js';
import styles from './students.module.css';

/** What 1C was told last, and until when it hides the student. */
export function Told({ told }: Pick<Story, 'told'>) {
  const { t } = useTranslation();
  if (!told) return <span className={styles.soft}>{t('students.nothingTold')}</span>;
  return (
    <span className={styles.soft}>
      {t('students.told')}: {t(`students.toldWords.${told.told}`)}
      {told.validUntil !== null && (
        <>
          {' '}
          {t('students.until')} <Since time={told.validUntil * 1000} />
        </>
      )}
    </span>
  );
}
