import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../../texts/language.js';
import type { Failure } from '../api.js';
import styles from './one.module.css';

/** Of a failure with several causes, each: all have to be mended before the message goes through. */
export function Causes({ causes }: Pick<Failure, 'causes'>) {
  const { t } = useTranslation();
  const said = useSaid();
  if (causes.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t('failures.one.causes', { count: causes.length })}</h2>
      <p className={styles.soft}>{t('failures.one.causesText')}</p>
      <ul className={styles.attempts}>
        {causes.map(({ group, kind, reason }) => (
          <li key={group}>
            <span className={styles.soft}>{t(`failures.kinds.${kind}`)} · </span>
            <Link to="/failures/group/$group" params={{ group }}>
              <bdi>{said(reason)}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
