import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../texts/language.js';
import { Icon } from '../icon.js';
import { count } from '../time/moment.js';
import styles from './table.module.css';

interface Props {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  go: (page: number) => void;
}

export function Pager({ page, size, total, go }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (total <= size && page === 1) return null;
  const from = Math.min(total, (page - 1) * size + 1);
  const to = Math.min(total, page * size);
  return (
    <nav className={styles.pager} aria-label={t('parts.rows', { from, to, total })}>
      <span>
        {t('parts.rows', { from: count(from, language), to: count(to, language), total: count(total, language) })}
      </span>
      <ActionIcon variant="default" aria-label={t('parts.previous')} disabled={page <= 1} onClick={() => go(page - 1)}>
        <Icon name="left" />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('parts.next')} disabled={to >= total} onClick={() => go(page + 1)}>
        <Icon name="right" />
      </ActionIcon>
    </nav>
  );
}
