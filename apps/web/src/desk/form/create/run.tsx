import { Button, CloseButton, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../parts/act/problem.js';
import { useSaid } from '../../../texts/language.js';
import { cancelRun, runsQuery, type Run } from '../../api.js';
import styles from '../form.module.css';

/** How far the creating of this ELS's bindings is: whoever started it, in whichever window. */
export function Creating({ system }: { system: string | null }) {
  const runs = useQuery(runsQuery).data;
  const queries = useQueryClient();
  const [watched, setWatched] = useState<string>();
  const running = runs?.find((run) => run.system === system && run.state === 'running');
  if (running && running.id !== watched) setWatched(running.id);
  const run = runs?.find(({ id }) => id === watched);
  const state = run?.state;
  useEffect(() => {
    if (state && state !== 'running')
      for (const topic of ['counts', 'suggestions', 'documents'])
        void queries.invalidateQueries({ queryKey: ['desk', topic] });
  }, [state, queries]);
  if (!run || run.system !== system) return null;
  return <Far {...{ run, close: () => setWatched(undefined) }} />;
}

function Far({ run, close }: { run: Run; close: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const queries = useQueryClient();
  const { id, state, total, done, documents, lines, failures } = run;
  const cancelling = useMutation({
    mutationFn: async () => {
      await cancelRun(id);
      await queries.invalidateQueries({ queryKey: runsQuery.queryKey });
    },
  });
  return (
    <div className={styles.run} role="status">
      <div>
        {t(`desk.creating.states.${state}`, { done, total })} {t('desk.creating.made', { count: lines, documents })}
        {state === 'running' && (
          <Progress value={total === 0 ? 0 : (done / total) * 100} aria-label={t('desk.creating.title')} />
        )}
        {failures.length > 0 && (
          <ul>
            {failures.slice(0, 20).map(({ curriculum, text }) => (
              <li key={curriculum}>
                {curriculum}: {said(text)}
              </li>
            ))}
          </ul>
        )}
        {cancelling.error && <ProblemNote error={cancelling.error} />}
      </div>
      {state === 'running' ? (
        <Button variant="default" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
          {t('desk.creating.cancel')}
        </Button>
      ) : (
        <CloseButton size="sm" aria-label={t('parts.close')} onClick={close} />
      )}
    </div>
  );
}
