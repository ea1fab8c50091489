import type { DataSource } from 'typeorm';
import type { Bearer } from '#http-api';
import { mayRole, type DeskPermission } from '../permissions.js';
import { isNarrowed, namedIn, touchedBy, type Asked } from './touched.js';

type Grants = Bearer['grants'];
type Configured = readonly { id: string; els: string }[];

/** What somebody may with one request. */
export interface Reach {
  /** The grants that hold for what it is about. */
  grants: Grants;
  /** Codes of the ELS beyond which a list shows them nothing; undefined: no such bound. */
  within?: string[];
}

/**
 * The grants that hold for what a request is about: those for all systems, and those whose systems are all that it
 * touches; a list is narrowed to the systems in which they may `wanted`. Roles are limited by ids of the configuration,
 * the component's tables know an ELS by its code.
 */
export async function reachFor(
  grants: Grants,
  wanted: DeskPermission,
  asked: Asked,
  dataSource: DataSource,
  configured: Configured,
): Promise<Reach> {
  if (grants.every(({ systems }) => systems === undefined)) return { grants };
  if (isNarrowed(asked)) {
    const held = grants.filter(({ role }) => mayRole(role, wanted));
    if (held.some(({ systems }) => systems === undefined)) return { grants: held };
    const within = await codesOf(held, dataSource, configured);
    // What is named may stand where the route does not look: the bound holds beside it.
    return { grants: namedIn(asked).every((code) => within.includes(code)) ? held : [], within };
  }
  const touched = await touchedBy(asked, dataSource);
  const ids = touched === 'everything' ? 'everything' : await idsOf(touched, dataSource, configured);
  return {
    grants: grants.filter(
      ({ systems }) =>
        systems === undefined || (ids !== 'everything' && ids.every((id) => id !== undefined && systems.includes(id))),
    ),
  };
}

/** The ELS of the systems to which these grants are limited; not one that other systems have as well. */
async function codesOf(grants: Grants, dataSource: DataSource, configured: Configured): Promise<string[]> {
  const ids = new Set(grants.flatMap(({ systems }) => systems ?? []));
  const others = new Set(configured.filter(({ id }) => !ids.has(id)).map(({ els }) => els));
  const names = configured.map(({ els }) => els).filter((els) => !others.has(els));
  const rows = (await dataSource.query('select code from onec_component.systems where name = any($1)', [names])) as {
    code: string;
  }[];
  return rows.map(({ code }) => code);
}

/** Undefined stands for an ELS that no configured system is: it is nobody's. */
async function idsOf(codes: readonly string[], dataSource: DataSource, configured: Configured) {
  const rows = (await dataSource.query('select code, name from onec_component.systems where code = any($1)', [
    codes,
  ])) as { code: string; name: string }[];
  return codes.flatMap((code): (string | undefined)[] => {
    const name = rows.find((row) => row.code === code)?.name;
    const ids = configured.filter(({ els }) => els === name).map(({ id }) => id);
    return ids.length > 0 ? ids : [undefined];
  });
}
