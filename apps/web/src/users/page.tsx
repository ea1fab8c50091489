import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Code } from '../parts/text/code.js';
import { Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { When } from '../parts/time/when.js';
import { usersQuery, type UserRow } from './api.js';
import { AddUser, ChangeUser, LinkForUser, SignOutUser } from './deeds.js';
import styles from './users.module.css';

export function UsersPage() {
  const { t } = useTranslation();
  const query = useQuery(usersQuery);
  const columns: Column<UserRow>[] = [
    { key: 'name', title: t('users.name'), cell: ({ name }) => name },
    { key: 'login', title: t('users.login'), cell: ({ login }) => <Code>{login}</Code> },
    {
      key: 'roles',
      title: t('users.roles'),
      wide: true,
      cell: ({ grants }) =>
        grants
          .map(({ role, systems }) => t(`shell.roles.${role}`) + (systems ? ` (${systems.join(', ')})` : ''))
          .join('; '),
    },
    { key: 'state', title: t('users.state'), cell: (user) => <UserState {...user} /> },
    {
      key: 'signedIn',
      title: t('users.signedIn'),
      optional: true,
      cell: ({ signedInAt }) => (signedInAt ? <When time={signedInAt} /> : t('users.never')),
    },
    {
      key: 'deeds',
      title: '',
      cell: (user) => (
        <div className={styles.deeds}>
          <ChangeUser user={user} />
          {!user.openId && <LinkForUser user={user} />}
          <SignOutUser user={user} />
        </div>
      ),
    },
  ];
  return (
    <Known query={query} title={t('users.title')}>
      {(users) => (
        <>
          <PageHead
            title={t('users.title')}
            answer={t('users.total', { count: users.filter(({ disabled }) => !disabled).length })}
          >
            <AddUser />
          </PageHead>
          <DataTable label={t('users.title')} columns={columns} rows={users} rowKey={({ login }) => login} />
        </>
      )}
    </Known>
  );
}

function UserState({ disabled, hasPassword, openId }: UserRow) {
  const { t } = useTranslation();
  if (disabled) return <StateBadge state="paused">{t('users.disabled')}</StateBadge>;
  if (openId) return <StateBadge state="well">{t('users.openId')}</StateBadge>;
  if (!hasPassword) return <StateBadge state="well">{t('users.invited')}</StateBadge>;
  return <StateBadge state="well">{t('users.active')}</StateBadge>;
}
