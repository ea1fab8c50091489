import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { tellOutcome } from '../parts/act/outcomes.js';
import { ProblemNote } from '../parts/act/problem.js';

/** The own password anew; other devices are signed out. */
export function ChangePassword({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  const [present, setPresent] = useState('');
  const [password, setPassword] = useState('');
  const changing = useMutation({
    mutationFn: () => ask(api.POST('/api/session/password', { body: { present, password } })),
    onSuccess: () => {
      setPresent('');
      setPassword('');
      close();
      tellOutcome(t('shell.changePassword.done'));
    },
  });
  const common = { required: true, withAsterisk: false };
  const toggle = { 'aria-label': t('shell.signIn.showPassword') };
  return (
    <Modal
      {...{ opened, title: t('shell.changePassword.title'), closeButtonProps: { 'aria-label': t('parts.close') } }}
      onClose={close}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate();
        }}
      >
        <Stack gap="sm">
          <p>{t('shell.changePassword.text')}</p>
          <PasswordInput
            {...{
              ...common,
              label: t('shell.changePassword.present'),
              autoComplete: 'current-password',
              value: present,
            }}
            data-autofocus
            visibilityToggleButtonProps={toggle}
            onChange={(event) => setPresent(event.currentTarget.value)}
          />
          <PasswordInput
            {...{ ...common, label: t('shell.signIn.newPassword'), autoComplete: 'new-password', value: password }}
            description={t('shell.signIn.passwordHint')}
            visibilityToggleButtonProps={toggle}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {changing.error && <ProblemNote error={changing.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('parts.cancel')}
            </Button>
            <Button type="submit" loading={changing.isPending}>
              {t('shell.changePassword.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
