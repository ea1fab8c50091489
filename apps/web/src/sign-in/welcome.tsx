import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { Known } from '../parts/known.js';
import { ProblemNote } from '../parts/act/problem.js';
import { Doorway } from './page.js';
import { sessionQuery } from './session.js';

/** Behind the # of a one-time link: no server on the way has seen it. */
const token = location.hash.slice(1);

/** Where a one-time link leads: the first administrator chooses a login and a password, everybody else a password. */
export function WelcomePage() {
  const { t } = useTranslation();
  const invited = useQuery({
    queryKey: ['invitation'],
    queryFn: () => ask(api.POST('/api/invitation', { body: { token } })),
    staleTime: Infinity,
    retry: false,
  });
  const name = invited.data?.name;
  return (
    <Doorway title={name ? t('shell.signIn.invited', { name }) : t('shell.signIn.first')}>
      <Known query={invited} rows={3}>
        {({ login }) => (
          <>
            <Text size="sm">
              {login === null ? t('shell.signIn.firstText') : t('shell.signIn.invitedText', { login })}
            </Text>
            <PasswordForm login={login} />
          </>
        )}
      </Known>
    </Doorway>
  );
}

function PasswordForm({ login: given }: { login: string | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differ = again !== '' && again !== password;
  const accepting = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/invitation/accept', { body: { token, password, ...(given === null && { login, name }) } })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      void navigate({ to: '/', replace: true });
    },
  });
  const required = { required: true, withAsterisk: false };
  const newPassword = { ...required, autoComplete: 'new-password' };
  const toggle = { 'aria-label': t('shell.signIn.showPassword') };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (again === password) accepting.mutate();
      }}
    >
      <Stack gap="sm">
        {given === null && (
          <>
            <TextInput
              {...required}
              label={t('shell.signIn.login')}
              autoComplete="username"
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            <TextInput
              {...required}
              label={t('shell.signIn.personName')}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </>
        )}
        <PasswordInput
          {...newPassword}
          label={t('shell.signIn.password')}
          description={t('shell.signIn.passwordHint')}
          value={password}
          visibilityToggleButtonProps={toggle}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          {...newPassword}
          label={t('shell.signIn.passwordAgain')}
          value={again}
          error={differ && t('shell.signIn.different')}
          visibilityToggleButtonProps={toggle}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {accepting.error && <ProblemNote error={accepting.error} />}
        <Button type="submit" size="sm" loading={accepting.isPending}>
          {t('shell.signIn.create')}
        </Button>
      </Stack>
    </form>
  );
}
