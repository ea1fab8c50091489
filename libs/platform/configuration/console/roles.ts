/** What somebody who signs in to the console may be; the console and onec-component each say what a role may do. */
export const roles = [
  'viewer',
  'operator',
  'administrator',
  'ELSCurriculumDeveloper',
  'ELSAdministrator',
  'deansOffice',
] as const;
export type Role = (typeof roles)[number];
