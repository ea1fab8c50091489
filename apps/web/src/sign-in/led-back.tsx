import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../parts/act/problem.js';
import { ByUniversity } from './by-university.js';
import { SignInForm } from './form.js';
import { Doorway } from './page.js';
import { sessionQuery, useSessionQuery } from './session.js';

const route = getRouteApi('/sign-in');

/** Where one is led when the sign-in by the university came to nothing: why, and the door again. */
export function LedBackPage() {
  const { t } = useTranslation();
  const { trouble, to = '/' } = route.useSearch();
  const queries = useQueryClient();
  const { data: session } = useSessionQuery();
  const { history } = useRouter();
  const isIn = Boolean(session?.user);
  useEffect(() => {
    if (isIn) history.replace(ownPath(to));
  }, [isIn, history, to]);
  if (isIn) return null;
  return (
    <Doorway title={t('shell.signIn.title')}>
      {trouble && (
        <Note title={t(`shell.signIn.troubles.${trouble}.title`)}>{t(`shell.signIn.troubles.${trouble}.cure`)}</Note>
      )}
      <ByUniversity to={to} />
      <SignInForm done={(fresh) => queries.setQueryData(sessionQuery.queryKey, fresh)} />
    </Doorway>
  );
}

/** Whoever changes the address leads nobody to another site. */
const ownPath = (to: string): string =>
  to.startsWith('/') && new URL(to, location.origin).origin === location.origin ? to : '/';

/** A tab of its own in which one signed in again, while the page of another keeps what was entered. */
export function SignedInPage() {
  const { t } = useTranslation();
  return (
    <Doorway title={t('shell.signIn.signedIn')}>
      <p>{t('shell.signIn.signedInText')}</p>
    </Doorway>
  );
}
