/** One part of a path: nothing that a server could take for a way up, a slash or the end of a text. */
const part = /^(?:[\w~!$&'()*+,;=:@.-]|%(?!2f|5c|2e|00|25)[0-9a-f]{2})+$/i;

/** A path and query may be passed on to the desk as they stand: they lead nowhere but below `/api/desk/`. */
export function isDeskTarget(target: string): boolean {
  const [path = '', ...rest] = target.split('?');
  if (target.length > 8_000 || !path.startsWith('/api/desk/')) return false;
  return (
    path
      .slice('/api/desk/'.length)
      .split('/')
      .every((one) => part.test(one) && one !== '.' && one !== '..') && /^[\x21-\x7e]*$/.test(rest.join('?'))
  );
}
