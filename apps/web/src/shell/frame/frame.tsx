import { Burger } from '@mantine/core';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outcomes } from '../../parts/act/outcomes.js';
import { SignInAgain } from '../../sign-in/again.js';
import { useUser } from '../../sign-in/session.js';
import { Account } from './account.js';
import { Choices } from './choices.js';
import { Forbidden } from '../forbidden.js';
import { LiveDot } from './live-dot.js';
import { Navigation } from './navigation.js';
import { isPermitted, pageAt } from '../pages.js';
import styles from './frame.module.css';

/** What stands around every page. */
export function Frame() {
  const { t } = useTranslation();
  const { may } = useUser();
  // the list closes when one has gone somewhere
  const { pathname } = useLocation();
  const [openedAt, setOpenedAt] = useState<string>();
  const opened = openedAt === pathname;
  const page = pageAt(pathname);
  const name = page && t(`shell.${page.name}`);
  // many windows of the console may be open: their tabs tell them apart
  useEffect(() => {
    document.title = [name, t('shell.product')].filter(Boolean).join(' · ');
  }, [name, t]);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <header className={styles.head}>
        <Burger
          className={styles.burger}
          size="xs"
          opened={opened}
          aria-expanded={opened}
          aria-label={t('shell.openNavigation')}
          onClick={() => setOpenedAt(opened ? undefined : pathname)}
        />
        <span className={styles.product}>{t('shell.product')}</span>
        {may('overview.see') && <LiveDot />}
        <Choices />
        <Account />
      </header>
      <nav className={styles.side} data-opened={opened || undefined} aria-label={t('shell.navigation')}>
        <Navigation />
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outcomes />
        {isPermitted(pathname, may) ? <Outlet /> : <Elsewhere pathname={pathname} />}
      </main>
      <SignInAgain />
    </div>
  );
}

/** Who may not see the overview begins at the desk. */
function Elsewhere({ pathname }: { pathname: string }) {
  const { may } = useUser();
  return pathname === '/' && may('desk.read') ? <Navigate to="/desk/documents" replace /> : <Forbidden />;
}
