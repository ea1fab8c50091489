import type { DataSource } from 'typeorm';

/** Codes of the ELS that a request touches; `everything`: of all of them, or nobody has said of which. */
export type Touched = readonly string[] | 'everything';

export interface Asked {
  method: string;
  /** Behind `/api/desk/`, decoded: `documents`, an id, `posting`. */
  path: readonly string[];
  query: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** The mirror of 1C:University is of no ELS. */
const ofNoSystem = ['students', 'filters', 'curricula', 'groups'];
/** Lists, and what is done with all that a list shows. */
const narrowed = new Set([
  ...['GET documents', 'GET documents/authors', 'GET bindings/counts', 'GET empty-bindings'],
  ...['GET synchronization', 'POST synchronization/foresee', 'POST synchronization/delete'],
]);

/** The route shows and touches only what is within its sender's reach: it takes the parameter `Within`. */
export const isNarrowed = ({ method, path }: Pick<Asked, 'method' | 'path'>): boolean =>
  narrowed.has(`${method} ${path.join('/')}`);

/** Codes of the ELS that a request names, wherever its route looks for them. */
export const namedIn = ({ query, body }: Pick<Asked, 'query' | 'body'>): string[] => [
  ...codesIn(query),
  ...codesIn(body),
  ...codesSelected(body),
];

/**
 * What a request is about, for whoever may do something in some systems only. A route that is not known here is about
 * everything: forgotten, it is closed to them, not open.
 */
export async function touchedBy(asked: Asked, dataSource: DataSource): Promise<Touched> {
  const { method, path } = asked;
  const [room = '', what] = path;
  const named = namedIn(asked);
  if (ofNoSystem.includes(room)) return named;
  if (room === 'els') return method === 'GET' && what === undefined ? [] : 'everything';
  if (room === 'bindings' || room === 'synchronization') return named.length > 0 ? named : 'everything';
  if (room === 'empty-bindings' && isId(what)) return [...named, ...(await systemsOfRun(dataSource, what))];
  if (room === 'documents' && isId(what)) return [...named, ...(await systemsOfDocument(dataSource, what))];
  // A new draft may be without one: as long as it is, it moves nothing.
  if (room === 'documents' && what === undefined && method === 'POST') return named;
  if (room === 'empty-bindings' && what === undefined && named.length > 0) return named;
  return 'everything';
}

/** `null` and `undefined` name none; anything else that is no text is refused by the route's schema. */
function codesIn(given: unknown): string[] {
  const { system } = (given ?? {}) as { system?: unknown };
  return [system].flat().filter((code): code is string => typeof code === 'string');
}

/** Rows of the register that are chosen one by one, or by a filter. */
function codesSelected(body: unknown): string[] {
  const { selection } = (body ?? {}) as { selection?: { rows?: unknown; filter?: unknown } };
  return [...[selection?.rows ?? []].flat().flatMap(codesIn), ...codesIn(selection?.filter)];
}

const isId = (text: string | undefined): text is string =>
  text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

async function systemsOfDocument(dataSource: DataSource, id: string): Promise<string[]> {
  const rows = (await dataSource.query(
    `select system from onec_component.binding_documents where id = $1 and system is not null
     union select system from onec_component.binding_document_lines where document = $1 and system is not null`,
    [id],
  )) as { system: string }[];
  return rows.map(({ system }) => system);
}

async function systemsOfRun(dataSource: DataSource, id: string): Promise<string[]> {
  const rows = (await dataSource.query('select system from onec_component.empty_binding_runs where id = $1', [id])) as {
    system: string;
  }[];
  return rows.map(({ system }) => system);
}
