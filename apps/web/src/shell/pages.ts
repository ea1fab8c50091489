import type { Permission } from '../sign-in/session.js';

/** Pages of the navigation by section, and what one must be permitted to be shown them. */
export const pages = [
  { section: 'operation', to: '/', name: 'overview', permission: 'overview.see' },
  { section: 'operation', to: '/failures', name: 'failures', permission: 'failures.see' },
  { section: 'operation', to: '/replays', name: 'replays', permission: 'overview.see' },
  { section: 'operation', to: '/students', name: 'students', permission: 'failures.see' },
  { section: 'operation', to: '/journal', name: 'journal', permission: 'failures.see' },
  { section: 'operation', to: '/queues', name: 'queues', permission: 'overview.see' },
  { section: 'operation', to: '/systems', name: 'systems', permission: 'systems.names' },
  { section: 'operation', to: '/files', name: 'files', permission: 'files.see' },
  { section: 'desk', to: '/desk/documents', name: 'documents', permission: 'desk.read' },
  { section: 'desk', to: '/desk/groups', name: 'groups', permission: 'desk.read' },
  { section: 'desk', to: '/desk/curricula', name: 'curricula', permission: 'desk.read' },
  { section: 'desk', to: '/desk/students', name: 'deskStudents', permission: 'students.read' },
  { section: 'desk', to: '/desk/synchronization', name: 'synchronization', permission: 'desk.read' },
  { section: 'desk', to: '/desk/els', name: 'els', permission: 'desk.read' },
  { section: 'settings', to: '/notices', name: 'notices', permission: 'overview.see' },
  { section: 'settings', to: '/mapping', name: 'mapping', permission: 'mapping.examine' },
  { section: 'settings', to: '/users', name: 'users', permission: 'users.manage' },
  { section: 'settings', to: '/audit', name: 'audit', permission: 'audit.see' },
] as const satisfies {
  section: string;
  to: string;
  name: string;
  permission: string;
}[];

/** The page of the navigation to which this address belongs. */
export const pageAt = (pathname: string) =>
  pages.find(({ to }) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)));

/** May this user be shown the page at this address? What is none of these is open to everybody who is signed in. */
export function isPermitted(pathname: string, may: (permission: Permission) => boolean): boolean {
  const page = pageAt(pathname);
  return page === undefined || may(page.permission);
}
