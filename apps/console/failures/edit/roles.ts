import type { SystemConfiguration } from '#platform';
import type { RolesOf } from './edits.js';

/** Which roles may be set in a message of a system: the usual one, and what the configuration names besides. */
export const rolesToSet =
  (systems: readonly Pick<SystemConfiguration, 'id' | 'enrolment'>[]): RolesOf =>
  (system) =>
    systems.flatMap(({ id, enrolment: { role, editRoles } }) => (id === system ? [role, ...editRoles] : []));
