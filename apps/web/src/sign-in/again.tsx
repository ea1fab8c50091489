import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionResumed, useSessionEnded } from '../api/session.js';
import { SignInForm } from './form.js';
import { sessionQuery, useUser } from './session.js';

/** The session has ended while somebody was at work: signing in again stands over the page, which keeps all that was entered. */
export function SignInAgain() {
  const { t } = useTranslation();
  const { user } = useUser();
  const queries = useQueryClient();
  const ended = useSessionEnded();
  return (
    <Modal
      {...{ opened: ended, withCloseButton: false, closeOnEscape: false, closeOnClickOutside: false, zIndex: 400 }}
      title={t('shell.signIn.endedTitle')}
      onClose={() => undefined}
    >
      <Text size="sm" mb="sm">
        {t('shell.signIn.ended')}
      </Text>
      {ended && (
        <SignInForm
          login={user.login}
          done={(fresh) => {
            sessionResumed();
            // another person does not work on in the first one's page
            if (fresh.user?.login !== user.login) return location.assign('/');
            queries.setQueryData(sessionQuery.queryKey, fresh);
            void queries.invalidateQueries();
          }}
        />
      )}
    </Modal>
  );
}
