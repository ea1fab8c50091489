import type { DataSource } from 'typeorm';
import type { Bearer } from '#http-api';
import { touchedBy, type Asked } from './touched.js';

type Grants = Bearer['grants'];

/**
 * The grants that hold for what a request is about: those for all systems, and those whose systems are all that it
 * touches. Roles are limited by ids of the configuration, the component's tables know an ELS by its code.
 */
export async function grantsFor(
  grants: Grants,
  asked: Asked,
  dataSource: DataSource,
  configured: readonly { id: string; els: string }[],
): Promise<Grants> {
  if (grants.every(({ systems }) => systems === undefined)) return grants;
  const touched = await touchedBy(asked, dataSource);
  const ids = touched === 'everything' ? 'everything' : await idsOf(touched, dataSource, configured);
  return grants.filter(
    ({ systems }) =>
      systems === undefined || (ids !== 'everything' && ids.every((id) => id !== undefined && systems.includes(id))),
  );
}

/** Undefined stands for an ELS that no configured system is: it is nobody's. */
async function idsOf(
  codes: readonly string[],
  dataSource: DataSource,
  configured: readonly { id: string; els: string }[],
) {
  const rows = (await dataSource.query('select code, name from onec_component.systems where code = any($1)', [
    codes,
  ])) as { code: string; name: string }[];
  return codes.flatMap((code): (string | undefined)[] => {
    const name = rows.find((row) => row.code === code)?.name;
    const ids = configured.filter(({ els }) => els === name).map(({ id }) => id);
    return ids.length > 0 ? ids : [undefined];
  });
}
