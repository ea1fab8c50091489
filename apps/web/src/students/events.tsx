import { useTranslation } from 'react-i18next';
import { LongText } from '../parts/text/long-text.js';
import { When } from '../parts/time/when.js';
import type { Event } from './api.js';
import { useGist } from './gist.js';
import styles from './students.module.css';

/** What 1C said, what was done in Moodle, what failed and what 1C was told; the newest first. */
export function Events({ events }: { events: Event[] }) {
  const { t } = useTranslation();
  const gist = useGist();
  return (
    <div>
      <h3>{t('students.story')}</h3>
      {events.length === 0 ? (
        <p className={styles.soft}>{t('students.noStory')}</p>
      ) : (
        <ol className={styles.events}>
          {events.map((event) => (
            <li key={event.eventId}>
              <span className={styles.soft}>
                <When time={event.time} />
              </span>
              <LongText>{gist(event)}</LongText>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
