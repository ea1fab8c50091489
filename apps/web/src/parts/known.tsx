import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './act/problem.js';
import { When } from './time/when.js';
import styles from './known.module.css';

/**
 * What is known of a query: first grey lines, then its data. When it cannot be refreshed the last known stays and says
 * how old it is.
 */
export function Known<T>({
  query,
  rows = 6,
  children,
}: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const { data, error, isPending, dataUpdatedAt, refetch } = query;
  if (data === undefined) {
    if (isPending && !error)
      return (
        <Stack gap={8} aria-busy="true" aria-label={t('parts.loading')} role="status">
          {Array.from({ length: rows }, (_, index) => (
            <Skeleton key={index} height={20} width={`${90 - (index % 3) * 15}%`} />
          ))}
        </Stack>
      );
    return <ProblemNote error={error} again={() => void refetch()} />;
  }
  return (
    <>
      {error && (
        <p className={styles.stale} role="status">
          {t('parts.stale', { when: '' }).split(':')[0]}: <When time={dataUpdatedAt} />
        </p>
      )}
      {children(data)}
    </>
  );
}

/** Nothing is there: says what that means, and what to do if anything. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
