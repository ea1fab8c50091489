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
  const shown = pages.filter(({ permission }) => may(permission));
  return (
    <>
      <ul className={styles.list}>
        {shown.map(({ section, to, name }, index) => (
          <li key={to} className={index > 0 && shown[index - 1]!.section !== section ? styles.begins : undefined}>
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
