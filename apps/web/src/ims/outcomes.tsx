import { useTranslation } from 'react-i18next';
import { StateBadge } from '../parts/state.js';
import { changeStates, colourOfChange, type ImsFile } from './api.js';
import styles from './files.module.css';

/** Persons whom a file changes, by what has become of them. */
export function Outcomes({ outcomes }: Pick<ImsFile, 'outcomes'>) {
  const { t } = useTranslation();
  return (
    <span className={styles.outcomes}>
      {changeStates
        .filter((state) => (outcomes[state] ?? 0) > 0)
        .map((state) => (
          <StateBadge key={state} state={colourOfChange[state]}>
            {t('files.outcomeOf', { state: t(`files.changeStates.${state}`), number: outcomes[state] ?? 0 })}
          </StateBadge>
        ))}
    </span>
  );
}
