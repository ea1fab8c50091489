/** A page of our own that somebody is led to after signing in; whatever else is asked for leads to the overview. */
export function ownPath(to: string | undefined): string {
  const nowhere = '/';
  if (to === undefined || to.length > 2_000 || !/^\/[^\\\p{Cc}]*$/u.test(to)) return nowhere;
  const origin = 'http://own.invalid';
  if (!URL.canParse(to, origin)) return nowhere;
  const { origin: found, pathname, search, hash } = new URL(to, origin);
  if (found !== origin || /^\/(\/|api(\/|$)|welcome(\/|$)|sign-in(\/|$))/.test(pathname)) return nowhere;
  return `${pathname}${search}${hash}`;
}
