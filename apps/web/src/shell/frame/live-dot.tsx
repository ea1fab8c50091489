import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../live/live.js';
import { clock } from '../../parts/time/moment.js';
import { useZone } from '../../parts/time/zone.js';
import { useLanguage } from '../../texts/language.js';
import styles from './live-dot.module.css';

/** Are the pages live, or since when not? */
export function LiveDot() {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useZone();
  const { state, since } = useLiveState();
  const text =
    state === 'live'
      ? t('shell.live')
      : state === 'lost'
        ? t('shell.liveLost', { since: clock(since, language, zone) })
        : t('shell.liveStarting');
  return (
    <span className={styles.live} role="status" data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.text}>{text}</span>
    </span>
  );
}
