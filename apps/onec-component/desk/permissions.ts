import { Reflector } from '@nestjs/core';
import { permitKey, roles, type Role } from '#http-api';

/**
 * Who may do what behind the door: the only place in this service that says so. The guard, the OpenAPI document and the
 * test of every route are made from it.
 */
const table = {
  /** Documents, directory and register, read. */
  'desk.read': ['viewer', 'operator', 'administrator', 'ELSCurriculumDeveloper', 'ELSAdministrator'],
  'desk.post': ['ELSCurriculumDeveloper', 'ELSAdministrator'],
  /** Cancel a posting; directory and register. */
  'desk.cancel': ['ELSAdministrator'],
  /** Students of the mirror, with their names: curriculum developers see them as in 1C. */
  'students.read': ['operator', 'administrator', 'ELSCurriculumDeveloper', 'ELSAdministrator'],
  /** Students by their names: for those who see names. */
  'students.find': ['operator', 'administrator', 'ELSAdministrator'],
} as const satisfies Record<string, readonly Role[]>;

export type DeskPermission = keyof typeof table;
export const deskPermissions = Object.keys(table) as DeskPermission[];

export const mayRole = (role: Role, permission: DeskPermission): boolean =>
  (table[permission] as readonly Role[]).includes(role);

export const rolesThatMay = (permission: DeskPermission): Role[] => roles.filter((role) => mayRole(role, permission));

/** What a route asks of whoever calls it. A route that says nothing is closed to everybody. */
export const Permit = Reflector.createDecorator<DeskPermission>({ key: permitKey });
