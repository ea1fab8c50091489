import { Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { sessionResumed, useSessionEnded } from '../api/session.js';
import { ByUniversity } from './by-university.js';
import { SignInForm } from './form.js';
import { sessionQuery, useUser, type Session } from './session.js';

/** The session has ended while somebody was at work: signing in again stands over the page, which keeps all that was entered. */
export function SignInAgain() {
  const { t } = useTranslation();
  const { user } = useUser();
  const queries = useQueryClient();
  const ended = useSessionEnded();
  const done = (fresh: Session) => {
    sessionResumed();
    // another person does not work on in the first one's page
    if (fresh.user?.login !== user.login) return location.assign('/');
    queries.setQueryData(sessionQuery.queryKey, fresh);
    void queries.invalidateQueries();
  };
  useComingBack(ended && user.openId, done);
  return (
    <Modal
      {...{ opened: ended, withCloseButton: false, closeOnEscape: false, closeOnClickOutside: false, zIndex: 400 }}
      title={t('shell.signIn.endedTitle')}
      onClose={() => undefined}
    >
      <Text size="sm" mb="sm">
        {t('shell.signIn.ended')}
      </Text>
      {ended && user.openId && (
        <Stack gap="sm">
          <ByUniversity to="/signed-in" apart />
        </Stack>
      )}
      {ended && !user.openId && <SignInForm login={user.login} done={done} />}
    </Modal>
  );
}

/** Signing in by the university happens in a tab of its own: whoever looks here again has done so, perhaps. */
function useComingBack(waits: boolean, done: (session: Session) => void): void {
  const look = useEffectEvent(() => {
    if (document.visibilityState !== 'visible') return;
    void ask(api.GET('/api/session')).then(
      (fresh) => fresh.user && done(fresh),
      () => undefined,
    );
  });
  useEffect(() => {
    if (!waits) return;
    const listen = () => look();
    window.addEventListener('focus', listen);
    document.addEventListener('visibilitychange', listen);
    return () => {
      window.removeEventListener('focus', listen);
      document.removeEventListener('visibilitychange', listen);
    };
  }, [waits]);
}
