import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../parts/icon.js';
import { ProblemNote } from '../../../parts/act/problem.js';
import { When } from '../../../parts/time/when.js';
import { documentQuery } from '../../api.js';
import type { DocumentSession } from '../session/session.js';
import { linesKept } from '../sheet/lines.js';
import type { Clash } from '../sheet/merge.js';
import styles from '../form.module.css';

/** Somebody else has saved the document meanwhile: who and when, and how both works stand together. */
export function OtherPerson({ session, again }: { session: DocumentSession; again: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { keeper } = session;
  const keeping = useSyncExternalStore(keeper.subscribe, keeper.state);
  const [clashes, setClashes] = useState<Clash[]>([]);
  const uniting = useMutation({
    mutationFn: async () => {
      const { id } = keeper.head()!;
      const theirs = await queries.fetchQuery({ ...documentQuery(id), staleTime: 0 });
      if (theirs.posted || theirs.marked) return again();
      const { system, comment, display, date, dateByHand } = theirs;
      const header = { system, comment, display, date: dateByHand ? date : null };
      setClashes(session.putOnTop(theirs, header, linesKept(theirs)));
    },
  });
  if (keeping.kind !== 'stale')
    return clashes.length === 0 ? null : <Clashes {...{ clashes, close: () => setClashes([]) }} />;
  return (
    <div className={styles.notice} role="alert">
      <Icon name="user" size={16} />
      <div>
        <strong>
          {t('desk.form.other.title', { by: keeping.by })} <When time={keeping.time} />
        </strong>
        <p>{t('desk.form.other.text')}</p>
        {uniting.error && <ProblemNote error={uniting.error} />}
      </div>
      <Button loading={uniting.isPending} onClick={() => uniting.mutate()}>
        {t('desk.form.other.unite')}
      </Button>
      <Button variant="default" onClick={again}>
        {t('desk.form.other.drop')}
      </Button>
    </div>
  );
}

/** Lines of which both have entered something: mine stand. */
function Clashes({ clashes, close }: { clashes: Clash[]; close: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.notice} role="alert">
      <Icon name="alert" size={16} />
      <div>
        <strong>{t('desk.form.other.clashes', { count: clashes.length })}</strong>
        <ul>
          {clashes.slice(0, 20).map(({ line, mine, theirs }, index) => (
            <li key={index}>
              {line.curriculum.name}, {line.discipline.name}, {line.semester}:{' '}
              {t('desk.form.other.clash', { mine, theirs })}
            </li>
          ))}
        </ul>
      </div>
      <Button variant="default" onClick={close}>
        {t('parts.close')}
      </Button>
    </div>
  );
}
