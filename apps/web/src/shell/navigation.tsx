import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../sign-in/session.js';
import { pages } from './pages.js';
import styles from './navigation.module.css';

export function Navigation() {
  const { t } = useTranslation();
  const { may } = useUser();
  return (
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
  );
}
