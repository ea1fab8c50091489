import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSystemNames } from '../systems/names.js';
import { roles, type Grant, type Role } from './api.js';
import styles from './users.module.css';

/** Roles of somebody, each in all systems or in some. */
export function Grants({ grants, change }: { grants: Grant[]; change: (grants: Grant[]) => void }) {
  const { t } = useTranslation();
  const turn = (role: Role, on: boolean) =>
    change(on ? [...grants, { role }] : grants.filter((grant) => grant.role !== role));
  const limit = (role: Role, systems: string[]) =>
    change(grants.map((grant) => (grant.role === role ? { role, ...(systems.length > 0 && { systems }) } : grant)));
  return (
    <fieldset className={styles.grants}>
      <Text component="legend" size="xs" fw={600}>
        {t('users.roles')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('users.roleHint')}
      </Text>
      <Stack gap={10} mt={8}>
        {roles.map((role) => {
          const grant = grants.find((each) => each.role === role);
          return (
            <div key={role}>
              <Checkbox
                label={t(`shell.roles.${role}`)}
                checked={grant !== undefined}
                onChange={(event) => turn(role, event.currentTarget.checked)}
              />
              {grant && <Systems grant={grant} limit={(systems) => limit(role, systems)} />}
            </div>
          );
        })}
      </Stack>
      {grants.length === 0 && (
        <Text size="xs" c="var(--person)">
          {t('users.noRole')}
        </Text>
      )}
    </fieldset>
  );
}

/** Of one system alone there is nothing to choose; managing users and the audit are never of one system. */
function Systems({ grant: { role, systems = [] }, limit }: { grant: Grant; limit: (systems: string[]) => void }) {
  const { t } = useTranslation();
  const known = useSystemNames();
  if (known.length < 2 && systems.length === 0) return null;
  return (
    <Group
      gap={14}
      className={styles.systems}
      role="group"
      aria-label={`${t(`shell.roles.${role}`)}: ${t('users.systems')}`}
    >
      {known.map(({ system }) => (
        <Checkbox
          key={system}
          label={system}
          checked={systems.includes(system)}
          onChange={(event) =>
            limit(event.currentTarget.checked ? [...systems, system] : systems.filter((each) => each !== system))
          }
        />
      ))}
    </Group>
  );
}
