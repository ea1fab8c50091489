import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../texts/language.js';
import { count } from '../time/moment.js';
import styles from './table.module.css';

/** Under a list that the server pages: how many there are, and links onward. The browser's back button leads back. */
export function Pages({ total, first, next }: { total?: number; first: ReactNode; next: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <nav className={styles.pager} aria-label={t('parts.pages')}>
      {total !== undefined && <span>{t('parts.total', { number: count(total, language) })}</span>}
      {first}
      {next}
    </nav>
  );
}
