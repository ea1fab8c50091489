import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles, type Grant } from './api.js';

/** Roles of somebody, each in all systems or in some. */
export function Grants({ grants, change }: { grants: Grant[]; change: (grants: Grant[]) => void }) {
  const { t } = useTranslation();
  const turn = (role: Grant['role'], on: boolean) =>
    change(on ? [...grants, { role }] : grants.filter((grant) => grant.role !== role));
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" size="xs" fw={600}>
        {t('users.roles')}
      </Text>
      <Stack gap={10} mt={8}>
        {roles.map((role) => (
          <Checkbox
            key={role}
            label={t(`shell.roles.${role}`)}
            checked={grants.some((grant) => grant.role === role)}
            onChange={(event) => turn(role, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      {grants.length === 0 && (
        <Text size="xs" c="var(--person)">
          {t('users.noRole')}
        </Text>
      )}
    </fieldset>
  );
}
