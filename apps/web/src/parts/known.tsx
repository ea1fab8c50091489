import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote, useProblemWords } from './act/problem.js';
import { GreyLines } from './grey-lines.js';
import { PageHead } from './page-head.js';
import { StateText } from './state.js';
import { When } from './time/when.js';
import styles from './known.module.css';

interface Props<T> {
  query: UseQueryResult<T>;
  /** Grey lines that stand there as long as nothing is known. */
  rows?: number;
  /** Of a whole page, its name: it stands over it before anything is known, and when nothing could be. */
  title?: ReactNode;
  children: (data: T) => ReactNode;
}

/**
 * What is known of a query: first grey lines, then its data. When it cannot be refreshed the last known stays and says
 * how old it is; what has never been known says why, and can be asked for again.
 */
export function Known<T>({ query, rows, title, children }: Props<T>) {
  const { data, isPlaceholderData } = query;
  const error = useTrouble(query);
  if (data === undefined)
    return (
      <>
        {title !== undefined && <PageHead title={title} />}
        {error ? (
          <ProblemNote error={error} again={() => void query.refetch()} busy={query.isFetching} />
        ) : (
          <GreyLines {...(rows && { rows })} />
        )}
      </>
    );
  return (
    <>
      {error && <Stale {...{ query, error }} />}
      {isPlaceholderData && <Turning />}
      {children(data)}
    </>
  );
}

/** Why the newest try failed; it stands while another is made: a notice that comes and goes is not read. */
function useTrouble({ data, error, errorUpdateCount, isFetching }: UseQueryResult): Error | null {
  const [last, setLast] = useState(error);
  if (error && error !== last) setLast(error);
  // the query itself forgets it when it begins anew, unless it has data
  return error ?? (data === undefined && isFetching && errorUpdateCount > 0 ? last : null);
}

function Stale({ query, error }: { query: UseQueryResult; error: Error }) {
  const { t } = useTranslation();
  const { title } = useProblemWords(error);
  return (
    <div className={styles.stale} role="status">
      <StateText state="self">
        {title}. {t('parts.stale')} <When time={query.dataUpdatedAt} />.
      </StateText>
      <Button variant="default" size="compact-xs" loading={query.isFetching} onClick={() => void query.refetch()}>
        {t('parts.again')}
      </Button>
    </div>
  );
}

/** What stands there is of another filter or page until the answer has come: said where that takes long; nothing moves. */
function Turning() {
  const { t } = useTranslation();
  return (
    <div className={styles.turning} role="status">
      <span>{t('parts.loading')}</span>
    </div>
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
