import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { itemStates, colourOf, totalOf, type Replay } from './api.js';
import styles from './replays.module.css';

/** What was chosen, in words. */
export function What({ what }: Pick<Replay, 'what'>) {
  const { t } = useTranslation();
  const { ids, all, group, systems: _, ...filters } = what;
  if (typeof group === 'string')
    return (
      <Link to="/failures/group/$group" params={{ group }}>
        {t('replays.ofCause')}
      </Link>
    );
  if (Array.isArray(ids)) return <>{t('replays.chosen', { count: ids.length })}</>;
  const words = Object.values(filters).filter((value) => typeof value === 'string' || typeof value === 'number');
  return <bdi>{all === true || words.length === 0 ? t('replays.everything') : words.join(' · ')}</bdi>;
}

/** Messages by what became of them, as one bar. */
export function ProgressBar({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const total = totalOf(replay);
  const order = ['succeeded', 'superseded', 'failed', 'sent', 'sending', 'stopped', 'waiting'] as const;
  const told = itemStates
    .filter((state) => (replay.items[state] ?? 0) > 0)
    .map((state) => `${t(`replays.items.${state}`)}: ${replay.items[state]}`)
    .join(', ');
  return (
    <div className={styles.bar} role="img" aria-label={told}>
      {order.map((state) => {
        const number = replay.items[state] ?? 0;
        if (number === 0) return null;
        return <span key={state} data-state={colourOf[state]} data-item={state} style={{ flexGrow: number / total }} />;
      })}
    </div>
  );
}
