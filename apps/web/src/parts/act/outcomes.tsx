import { CloseButton } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon.js';
import styles from './outcomes.module.css';

interface Outcome {
  id: number;
  text: ReactNode;
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

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Outcomes() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => outcomes);
  return (
    <div role="status" className={styles.outcomes}>
      {shown.map(({ id, text }) => (
        <div key={id} className={styles.outcome}>
          <Icon name="check" size={16} />
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
