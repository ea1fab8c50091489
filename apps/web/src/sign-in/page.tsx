import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../shell/frame/choices.js';
import { ByUniversity } from './by-university.js';
import { SignInForm } from './form.js';
import styles from './page.module.css';
import { sessionQuery } from './session.js';

/** A page of its own for those whom the console does not know yet. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.doorway}>
      <header>
        <span>{t('shell.product')}</span>
        <Choices />
      </header>
      <main>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

/** Stands at every address as long as nobody is signed in; the address stays. */
export function SignInPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Doorway title={t('shell.signIn.title')}>
      <ByUniversity to={location.pathname + location.search + location.hash} />
      <SignInForm done={(session) => queries.setQueryData(sessionQuery.queryKey, session)} />
    </Doorway>
  );
}
