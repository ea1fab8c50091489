import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';

export type UserRow = components['schemas']['User'];
export type Grant = components['schemas']['Grant'];
export type Role = Grant['role'];

export const roles: readonly Role[] = [
  'viewer',
  'operator',
  'administrator',
  'ELSCurriculumDeveloper',
  'ELSAdministrator',
  'deansOffice',
];

export const usersQuery = {
  queryKey: ['users'],
  queryFn: async () => (await ask(api.GET('/api/users'))).users,
};
