import { Menu, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.js';
import { ChangePassword } from '../../sign-in/change-password.js';
import { useUser, useSignOut } from '../../sign-in/session.js';
import styles from './account.module.css';

export function Account() {
  const { t } = useTranslation();
  const { user } = useUser();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const roles = user.grants.map(({ role }) => t(`shell.roles.${role}`)).join(', ');
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <UnstyledButton className={styles.account} aria-label={`${t('shell.account')}: ${user.name}`}>
            <Icon name="user" size={16} />
            <span className={styles.name}>{user.name}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {user.name} · {roles}
          </Menu.Label>
          {!user.openId && <Menu.Item onClick={() => setChanging(true)}>{t('shell.changePassword.label')}</Menu.Item>}
          <Menu.Item leftSection={<Icon name="out" />} onClick={() => signOut('here')}>
            {t('shell.signOut')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="out" />} onClick={() => signOut('everywhere')}>
            {t('shell.signOutEverywhere')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword opened={changing} close={() => setChanging(false)} />
    </>
  );
}
