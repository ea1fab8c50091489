import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Since } from '../../../parts/time/when.js';
import { Naive } from '../../parts/naive.js';
import { StateText } from '../../../parts/state.js';
import { problemOf } from '../../../api/problem.js';
import { ProblemNote } from '../../../parts/act/problem.js';
import type { DocumentSession } from '../session/session.js';
import type { Keeping } from '../session/keeper.js';
import styles from '../form.module.css';

/** Name of the document as 1C writes it, and its commands. */
export function FormBar({ session, save, close }: { session: DocumentSession; save: () => void; close: () => void }) {
  const { t } = useTranslation();
  const { keeper, sheet } = session;
  const keeping = useSyncExternalStore(keeper.subscribe, keeper.state);
  const counts = useSyncExternalStore(sheet.subscribe, sheet.counts);
  const header = useSyncExternalStore(session.subscribe, session.header);
  const head = keeper.head();
  return (
    <>
      <div className={styles.bar}>
        <h1>
          {head ? (
            <>
              {t('desk.document')} {head.number} {t('desk.from')} <Naive date={header.date ?? head.date} />
            </>
          ) : (
            t('desk.newDocument')
          )}
          {counts.changed > 0 && <span title={t('desk.form.isChanged')}> *</span>}
        </h1>
        <span className={styles.keeping} role="status">
          <KeepingText keeping={keeping} />
        </span>
        <Button onClick={save} title="Ctrl+S, Ctrl+Enter">
          {t('desk.form.save')}
        </Button>
        <Button variant="default" onClick={close} title="Esc">
          {t('desk.form.close')}
        </Button>
      </div>
      {keeping.kind === 'failed' && problemOf(keeping.error).status !== 0 && (
        <ProblemNote error={keeping.error} again={() => keeper.touch()} />
      )}
    </>
  );
}

function KeepingText({ keeping }: { keeping: Keeping }) {
  const { t } = useTranslation();
  switch (keeping.kind) {
    case 'kept':
      return (
        <>
          {t('desk.form.keeping.kept')} <Since time={keeping.time} />
        </>
      );
    case 'waiting':
    case 'saving':
      return t('desk.form.keeping.saving');
    case 'failed':
      return <StateText state="person">{t('desk.form.keeping.failed')}</StateText>;
    default:
      return null;
  }
}
