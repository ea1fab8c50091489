import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../texts/language.js';
import { useKnownSession } from './session.js';

/** Nothing where the console knows no identity provider. `to`: the page that one comes back to. */
export function ByUniversity({ to, apart = false }: { to: string; apart?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data: session } = useKnownSession();
  if (!session?.openId) return null;
  return (
    <>
      <Button
        component="a"
        size="sm"
        href={`/api/openid/start?${new URLSearchParams({ to }).toString()}`}
        // the page that is open keeps what was entered
        {...(apart && { target: '_blank', rel: 'noopener' })}
      >
        {session.openId[language]}
      </Button>
      {!apart && (
        <Text size="sm" c="dimmed">
          {t('shell.signIn.orOwn')}
        </Text>
      )}
    </>
  );
}
