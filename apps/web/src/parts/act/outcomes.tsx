import { CloseButton } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon.js';
import { useProblemWords } from './problem.js';
import styles from './outcomes.module.css';

interface Outcome {
  id: number;
  text: ReactNode;
  failed?: true;
}

let outcomes: Outcome[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(to: Outcome[]): void {
  outcomes = to;
  for (const listener of listeners) listener();
}

/** Says what was done; it stands at the head of the page until somebody closes it. */
export const tellOutcome = (text: ReactNode): void => change([{ id: ++last, text }, ...outcomes].slice(0, 5));

/** The same of what could not be done and has no question of its own in which to say so. */
export const tellTrouble = (error: unknown): void =>
  change([{ id: ++last, text: <Words error={error} />, failed: true as const }, ...outcomes].slice(0, 5));

function Words({ error }: { error: unknown }) {
  const { title, detail } = useProblemWords(error);
  return (
    <>
      <strong>{title}</strong> {detail}
    </>
  );
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Outcomes() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => outcomes);
  return (
    <div role="status" className={styles.outcomes}>
      {shown.map(({ id, text, failed }) => (
        <div key={id} className={styles.outcome} data-failed={failed}>
          <Icon name={failed ? 'alert' : 'check'} size={16} />
          <div>{text}</div>
          <CloseButton
            size="sm"
            aria-label={t('parts.close')}
            onClick={() => change(outcomes.filter((each) => each.id !== id))}
          />
        </div>
      ))}
    </div>
  );
}
