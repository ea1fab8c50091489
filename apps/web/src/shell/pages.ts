/** Pages of the navigation, and what one must be permitted to be shown them. */
export const pages = [{ to: '/', name: 'overview', permission: 'overview.see' }] as const satisfies {
  to: string;
  name: string;
  permission: string;
}[];
