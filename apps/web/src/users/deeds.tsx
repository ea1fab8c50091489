import { Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import { Act } from '../parts/act/act.js';
import { Code } from '../parts/text/code.js';
import { When } from '../parts/time/when.js';
import { usersQuery, type Grant, type UserRow } from './api.js';
import { Grants } from './grants.js';

const small = { size: 'compact-xs', variant: 'subtle' } as const;

/** After a deed: the list anew. */
function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: usersQuery.queryKey });
}

function OneTimeLink({
  text,
  link: { link, expiresAt },
}: {
  text: string;
  link: components['schemas']['OneTimeLink'];
}) {
  return (
    <>
      {text} <When time={expiresAt} />. <Code>{link}</Code>
    </>
  );
}

export function AddUser() {
  const { t } = useTranslation();
  const fresh = useFresh();
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [grants, setGrants] = useState<Grant[]>([{ role: 'viewer' }]);
  const run = async (reason: string) => {
    const link = await ask(api.POST('/api/users', { body: { login, name, grants, reason } }));
    await fresh();
    setLogin('');
    setName('');
    return <OneTimeLink text={t('users.added', { login })} link={link} />;
  };
  return (
    <Act {...{ needsReason: true, run, label: t('users.add'), title: t('users.addTitle'), confirm: t('users.addDo') }}>
      <Stack gap="sm">
        <TextInput
          {...{ label: t('users.login'), value: login, required: true, withAsterisk: false, autoComplete: 'off' }}
          data-autofocus
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <TextInput
          {...{ label: t('users.name'), value: name, required: true, withAsterisk: false, autoComplete: 'off' }}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Grants grants={grants} change={setGrants} />
      </Stack>
    </Act>
  );
}

export function ChangeUser({ user }: { user: UserRow }) {
  const { t } = useTranslation();
  const fresh = useFresh();
  const { login, openId } = user;
  const [name, setName] = useState(user.name);
  const [grants, setGrants] = useState<Grant[]>(user.grants);
  const [disabled, setDisabled] = useState(user.disabled);
  const run = async (reason: string) => {
    const body = { ...(!openId && { name, grants }), disabled, reason };
    await ask(api.PATCH('/api/users/{login}', { params: { path: { login } }, body }));
    await fresh();
    return t('users.changed', { login });
  };
  return (
    <Act
      {...{ ...small, needsReason: true, run, label: t('users.change') }}
      {...{ title: t('users.changeTitle', { login }), confirm: t('users.changeDo', { login }) }}
    >
      <Stack gap="sm">
        {openId ? (
          <p>{t('users.openIdText')}</p>
        ) : (
          <>
            <TextInput
              {...{ label: t('users.name'), value: name, required: true, withAsterisk: false }}
              data-autofocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Grants grants={grants} change={setGrants} />
          </>
        )}
        <Switch
          label={t('users.isDisabled')}
          checked={disabled}
          onChange={(event) => setDisabled(event.currentTarget.checked)}
        />
      </Stack>
    </Act>
  );
}

export function LinkForUser({ user: { login, name, disabled } }: { user: UserRow }) {
  const { t } = useTranslation();
  const run = async (reason: string) => {
    const link = await ask(api.POST('/api/users/{login}/link', { params: { path: { login } }, body: { reason } }));
    return <OneTimeLink text={t('users.linked', { login })} link={link} />;
  };
  return (
    <Act
      {...{ ...small, disabled, needsReason: true, run, label: t('users.link') }}
      {...{ title: t('users.linkTitle', { login }), confirm: t('users.linkDo') }}
    >
      {t('users.linkText', { name })}
    </Act>
  );
}

export function SignOutUser({ user: { login, name } }: { user: UserRow }) {
  const { t } = useTranslation();
  const run = async () => {
    const { number } = await ask(api.DELETE('/api/users/{login}/sessions', { params: { path: { login } } }));
    return t('users.signedOut', { login, count: number });
  };
  return (
    <Act
      {...{ ...small, run, label: t('users.signOut') }}
      {...{ title: t('users.signOutTitle', { login }), confirm: t('users.signOutDo') }}
    >
      {t('users.signOutText', { name })}
    </Act>
  );
}
