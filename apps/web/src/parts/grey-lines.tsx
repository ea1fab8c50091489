import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './known.module.css';

/** Stand in place of what is not known yet; not before the eye would miss something. */
export function GreyLines({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack className={styles.lines!} gap={8} aria-busy="true" aria-label={t('parts.loading')} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={20} width={`${90 - (index % 3) * 15}%`} />
      ))}
    </Stack>
  );
}
