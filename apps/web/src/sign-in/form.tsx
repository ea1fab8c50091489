import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { problemOf } from '../api/problem.js';
import { ProblemNote } from '../parts/act/problem.js';
import { useKnownSession, type Session } from './session.js';

/** `login`: of whoever was signed in before. */
export function SignInForm({ login: before = '', done }: { login?: string; done: (session: Session) => void }) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(before);
  const [password, setPassword] = useState('');
  const signing = useMutation({
    mutationFn: () => ask(api.POST('/api/session', { body: { login, password } })),
    onSuccess: done,
    onError: () => setPassword(''),
  });
  // one way to sign in stands out
  const { data: another } = useKnownSession();
  const problem = signing.error && problemOf(signing.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signing.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          {...{
            name: 'login',
            autoComplete: 'username',
            required: true,
            withAsterisk: false,
            autoFocus: before === '',
          }}
          label={t('shell.signIn.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          {...{ name: 'password', autoComplete: 'current-password', required: true, withAsterisk: false }}
          autoFocus={before !== ''}
          data-autofocus={before !== ''}
          label={t('shell.signIn.password')}
          value={password}
          visibilityToggleButtonProps={{ 'aria-label': t('shell.signIn.showPassword') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {problem && <ProblemNote error={problem} />}
        <Button type="submit" size="sm" loading={signing.isPending} variant={another?.openId ? 'default' : 'filled'}>
          {t('shell.signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
