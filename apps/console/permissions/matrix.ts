import { roles, type Role } from '#http-api';

export { roles, type Role };

const operators: readonly Role[] = ['operator', 'administrator', 'ELSAdministrator'];
const onlookers: readonly Role[] = ['viewer', ...operators];

/**
 * Who may do what: the only place that says so. The guard, the OpenAPI document, what the pages offer and the test of
 * every route are made from it. A dean's office may do nothing yet: its own scope comes with credentials.
 */
const table = {
  'systems.names': [...onlookers, 'ELSCurriculumDeveloper'],
  /** Overview, queues, systems, replays. */
  'overview.see': onlookers,
  /** Failures, a student's story, the journal. */
  'failures.see': onlookers,
  /** Files of IMS Enterprise, their records and outcomes. */
  'files.see': onlookers,
  /** Names of students in messages: without it they are taken out before they leave the server. */
  'names.see': operators,
  /** Replay, ask 1C again, archive, note, synchronise. */
  'failures.mend': operators,
  /** Pause, resume, release what is held. */
  'systems.steer': operators,
  /** How 1C's OData is read: records of the whole university are shown. */
  'mapping.examine': ['administrator', 'ELSAdministrator'],
  /** Edit a message and replay it. */
  'failures.edit': ['administrator'],
  /** Send a test by every channel. */
  'notices.test': ['administrator'],
  'users.manage': ['administrator'],
  'audit.see': ['administrator'],
  /** The binding desk: documents, directory and register, read. */
  'desk.read': ['viewer', 'operator', 'administrator', 'ELSCurriculumDeveloper', 'ELSAdministrator'],
  'desk.post': ['ELSCurriculumDeveloper', 'ELSAdministrator'],
  /** Cancel a posting; directory and register. */
  'desk.cancel': ['ELSAdministrator'],
  /** Students as 1C has them, with their names: curriculum developers see them as in 1C. */
  'students.read': ['operator', 'administrator', 'ELSCurriculumDeveloper', 'ELSAdministrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];

/** They concern no one system: a role that is limited to systems does not have them. */
export const ofNoSystem: readonly Permission[] = ['mapping.examine', 'notices.test', 'users.manage', 'audit.see'];

export const mayRole = (role: Role, permission: Permission): boolean =>
  (table[permission] as readonly Role[]).includes(role);
