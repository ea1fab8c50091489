/** What somebody is about to do at the desk, as the audit names it. */
export interface Deed {
  action: string;
  about?: string;
}

/** Words of addresses; what is none of them is the id or code of something. */
const words = new Set([
  ...['els', 'documents', 'posting', 'cancelling', 'mark', 'copy', 'bindings', 'gone', 'draft', 'empty-bindings'],
  ...['cancel', 'synchronization', 'delete', 'foresee', 'spreadsheet'],
]);
const verbs: Record<string, string> = { POST: '', PUT: 'edit', DELETE: 'delete', PATCH: 'edit' };

/**
 * The deed of a request; undefined: it only reads, or saves a draft, which is done every few seconds and says by itself
 * who wrote it last.
 */
export function deedOf(method: string, target: string): Deed | undefined {
  const verb = verbs[method];
  if (verb === undefined) return undefined;
  const parts = target.split('?')[0]!.slice('/api/desk/'.length).split('/').map(decoded);
  const named = parts.filter((part) => words.has(part));
  const about = parts.find((part) => !words.has(part));
  const last = named.at(-1);
  if (last === 'foresee' || last === 'spreadsheet' || (method === 'PUT' && named[0] === 'documents')) return undefined;
  const action = ['desk', ...named, ...(verb ? [verb] : named.length === 1 ? ['create'] : [])].join('.');
  return { action, ...(about !== undefined && { about: about.slice(0, 200) }) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
