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

/**
 * What a request is about, for whoever may do something in some systems only. A route that is not known here is about
 * everything: forgotten, it is closed to them, not open.
 */
export async function touchedBy({ method, path, query, body }: Asked, dataSource: DataSource): Promise<Touched> {
  const [room = '', what] = path;
  const named = [...codesIn(query), ...codesIn(body)];
  if (ofNoSystem.includes(room)) return named;
  if (room === 'els') return method === 'GET' && what === undefined ? [] : 'everything';
  if (room === 'bindings') return named.length > 0 && what !== 'counts' ? named : 'everything';
  if (room === 'empty-bindings' && isId(what)) return [...named, ...(await systemsOfRun(dataSource, what))];
  if (room === 'documents' && isId(what)) return [...named, ...(await systemsOfDocument(dataSource, what))];
  // A new draft may be without one: as long as it is, it moves nothing.
  if (room === 'documents' && what === undefined && method === 'POST') return named;
  if ((room === 'documents' || room === 'empty-bindings') && what === undefined && named.length > 0) return named;
  return 'everything';
}

/** `null` and `undefined` name none; anything else that is no text is refused by the route's schema. */
function codesIn(given: unknown): string[] {
  const { system } = (given ?? {}) as { system?: unknown };
  return [system].flat().filter((code): code is string => typeof code === 'string');
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
