import { useTranslation } from 'react-i18next';
import { Code } from '../../parts/text/code.js';
import { useLanguage } from '../../texts/language.js';
import { count } from '../../parts/time/moment.js';
import type { Failure } from '../api.js';
import styles from './one.module.css';

/** The message as it died: text from outside, shown as text alone. */
export function Message({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const { message } = failure;
  return (
    <section className={styles.section}>
      <h2>{t('failures.one.sent')}</h2>
      <Facts failure={failure} />
      {message === null ? (
        <p>{t('failures.one.noMessage')}</p>
      ) : (
        <>
          {message.hidden.length > 0 && (
            <p className={styles.soft}>{t('failures.one.hidden', { count: message.hidden.length })}</p>
          )}
          {message.text !== undefined && <p className={styles.soft}>{t('failures.one.notJson')}</p>}
          {(message.json !== undefined || message.text !== undefined) && (
            <pre className={styles.message} tabIndex={0} aria-label={t('failures.one.sent')} role="region">
              <bdi>{message.text ?? JSON.stringify(message.json, null, 2)}</bdi>
            </pre>
          )}
        </>
      )}
    </section>
  );
}

function Facts({ failure: { message, id, eventType, revision, traceId } }: { failure: Failure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <dl className={styles.table}>
      <dt>{t('failures.one.id')}</dt>
      <dd>
        <Code>{id}</Code>
      </dd>
      {eventType && (
        <>
          <dt>{t('failures.one.event')}</dt>
          <dd>
            {eventType}
            {message && ` · ${t('failures.one.bytes', { bytes: count(message.bytes, language) })}`}
          </dd>
        </>
      )}
      {revision !== null && (
        <>
          <dt>{t('failures.one.revision')}</dt>
          <dd>
            <Code>{String(revision)}</Code>
          </dd>
        </>
      )}
      {traceId && (
        <>
          <dt>{t('failures.one.trace')}</dt>
          <dd>
            <Code>{traceId}</Code>
          </dd>
        </>
      )}
    </dl>
  );
}
