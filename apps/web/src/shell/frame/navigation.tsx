import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { offset } from '../../parts/time/moment.js';
import { useNow } from '../../parts/time/now.js';
import { useZone } from '../../parts/time/zone.js';
import { useUser } from '../../sign-in/session.js';
import { pages } from '../pages.js';
import styles from './navigation.module.css';

export function Navigation() {
  const { t } = useTranslation();
  const { may } = useUser();
  const zone = useZone();
  const now = useNow();
  return (
    <>
      <ul className={styles.list}>
        {pages
          .filter(({ permission }) => may(permission))
          .map(({ to, name }) => (
            <li key={to}>
              <Link to={to} className={styles.link!} activeOptions={{ exact: to === '/' }}>
                {t(`shell.${name}`)}
              </Link>
            </li>
          ))}
      </ul>
      {zone && (
        <p className={styles.zone}>{t('shell.zone', { zone: zone.replaceAll('_', ' '), offset: offset(now, zone) })}</p>
      )}
    </>
  );
}
