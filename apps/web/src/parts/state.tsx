import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icon.js';
import styles from './state.module.css';

/** The five states that colour may say. */
export type State = 'well' | 'person' | 'self' | 'paused' | 'done';

const icons: Record<State, IconName> = { well: 'dot', person: 'alert', self: 'clock', paused: 'pause', done: 'check' };

/** A state by colour, icon and word. `children`: a word that says more than the state's own. */
export function StateBadge({ state, children }: { state: State; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badge} data-state={state}>
      <Icon name={icons[state]} size={12} />
      <span>{children ?? t(`parts.state.${state}`)}</span>
    </span>
  );
}

/** A sentence of a state, without a box around it. */
export function StateText({ state, children }: { state: State; children: ReactNode }) {
  return (
    <span className={styles.text} data-state={state}>
      <Icon name={icons[state]} />
      <span>{children}</span>
    </span>
  );
}
