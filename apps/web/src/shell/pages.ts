import type { Permission } from '../sign-in/session.js';

/** Pages of the navigation, and what one must be permitted to be shown them. */
export const pages = [
  { to: '/', name: 'overview', permission: 'overview.see' },
  { to: '/failures', name: 'failures', permission: 'failures.see' },
  { to: '/replays', name: 'replays', permission: 'overview.see' },
  { to: '/students', name: 'students', permission: 'failures.see' },
  { to: '/journal', name: 'journal', permission: 'failures.see' },
  { to: '/queues', name: 'queues', permission: 'overview.see' },
  { to: '/systems', name: 'systems', permission: 'systems.names' },
  { to: '/mapping', name: 'mapping', permission: 'mapping.examine' },
  { to: '/desk/documents', name: 'documents', permission: 'desk.read' },
  { to: '/desk/groups', name: 'groups', permission: 'desk.read' },
  { to: '/desk/curricula', name: 'curricula', permission: 'desk.read' },
  { to: '/desk/students', name: 'deskStudents', permission: 'students.read' },
  { to: '/desk/synchronization', name: 'synchronization', permission: 'desk.read' },
  { to: '/desk/els', name: 'els', permission: 'desk.read' },
  { to: '/files', name: 'files', permission: 'files.see' },
  { to: '/notices', name: 'notices', permission: 'overview.see' },
  { to: '/users', name: 'users', permission: 'users.manage' },
  { to: '/audit', name: 'audit', permission: 'audit.see' },
] as const satisfies {
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
