/** Pages of the navigation, and what one must be permitted to be shown them. */
export const pages = [
  { to: '/', name: 'overview', permission: 'overview.see' },
  { to: '/failures', name: 'failures', permission: 'failures.see' },
  { to: '/replays', name: 'replays', permission: 'overview.see' },
  { to: '/users', name: 'users', permission: 'users.manage' },
] as const satisfies {
  to: string;
  name: string;
  permission: string;
}[];
