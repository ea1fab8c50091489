import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { mayRole, ofNoSystem, permissions, roles, type Permission } from './matrix.js';

/** A role that somebody has; `systems` absent: for all systems. */
export const grantSchema = z
  .object({
    role: z.enum(roles),
    systems: z.array(systemIdSchema).min(1).max(100).optional().describe('Only for these systems; absent: for all.'),
  })
  .meta({ id: 'Grant' });
export type Grant = z.infer<typeof grantSchema>;

/** What somebody may do: the sum of the grants. */
export class Access {
  constructor(readonly grants: readonly Grant[]) {}

  /** For this system; without one: for any. */
  may(permission: Permission, system?: string): boolean {
    if (ofNoSystem.includes(permission)) return this.everywhere(permission);
    return this.grants.some(
      ({ role, systems }) =>
        mayRole(role, permission) && (system === undefined || systems === undefined || systems.includes(system)),
    );
  }

  /** Without a limit to systems. */
  everywhere(permission: Permission): boolean {
    return this.grants.some(({ role, systems }) => mayRole(role, permission) && systems === undefined);
  }

  /** The systems for which it is permitted; undefined: all. */
  systems(permission: Permission): string[] | undefined {
    if (this.everywhere(permission)) return undefined;
    return [...new Set(this.grants.flatMap(({ role, systems = [] }) => (mayRole(role, permission) ? systems : [])))];
  }

  /** Those of the given systems for which it is permitted. */
  among(permission: Permission, systems: readonly string[]): string[] {
    return systems.filter((system) => this.may(permission, system));
  }

  /** Everything that is permitted somewhere: what the pages offer goes by it. */
  get permissions(): Permission[] {
    return permissions.filter((permission) => this.may(permission));
  }
}
