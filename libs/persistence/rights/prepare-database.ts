import type { DataSource } from 'typeorm';
import { createDataSource } from '../connection/data-source.js';
import { migrate } from '../schema/migrate.js';

/** What one service signs in to PostgreSQL as. */
export interface ServiceRole {
  /** `user_provisioner` */
  schema: string;
  role: string;
  password: string;
}

/** A name that needs no thought about quoting, as PostgreSQL bounds it. */
const roleName = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Gives every service a role that owns its schema and nothing else, with the shared tables of `operations` by grant; the
 * tables of `operations` are brought up to date and stay the administrator's. Done again it sets passwords anew and
 * changes nothing else, so that a password is changed by the same step. Schemas that another role made become the
 * service's own.
 * @param url of an administrator: may make roles, and owns the database or is a superuser
 */
export async function prepareDatabase(url: string, services: readonly ServiceRole[]): Promise<void> {
  for (const { role, schema } of services)
    for (const name of [role, schema])
      if (!roleName.test(name)) throw new TypeError(`"${name}" is no name of a role: a-z, 0-9 and _, a letter first`);
  const operations = createDataSource({ url, schema: 'operations', entities: [], migrations: [] });
  await operations.initialize();
  try {
    await migrate(operations);
    for (const service of services) await prepareService(operations, service);
  } finally {
    await operations.destroy();
  }
}

/** In one transaction: a role without its grants would be refused in the midst of work. */
async function prepareService(dataSource: DataSource, { schema, role, password }: ServiceRole): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const ask = (sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> => manager.query(sql, values);
    const there = await ask('select from pg_roles where rolname = $1', [role]);
    const [{ sql } = { sql: '' }] = await ask(
      `select format('${there.length === 0 ? 'create' : 'alter'} role %I login password %L', $1::text, $2::text) as sql`,
      [role, password],
    );
    await ask(sql as string);
    // Who is no superuser may give things only to roles that it is a member of.
    await ask(`grant "${role}" to current_user`);
    await ask(`create schema if not exists "${schema}" authorization "${role}"`);
    await ask(`alter schema "${schema}" owner to "${role}"`);
    await ask(`revoke all on schema "${schema}" from public`);
    for (const { statement } of await ask(ownership, [schema, role])) await ask(statement as string);
    await ask(`grant usage on schema operations to "${role}"`);
    await ask(`grant select, insert, update, delete on all tables in schema operations to "${role}"`);
    await ask(`grant usage, select on all sequences in schema operations to "${role}"`);
    await ask(`revoke insert, update, delete on operations.migrations from "${role}"`);
  });
}

/** Statements that give what lies in a schema to a role, where it is another's. Sequences of columns go with their table. */
const ownership = `
  select format('alter %s %I.%I owner to %I', case c.relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end,
                n.nspname, c.relname, $2::text) as statement
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'S', 'v') and pg_get_userbyid(c.relowner) <> $2
    and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
  union all
  select format('alter function %s owner to %I', p.oid::regprocedure, $2::text)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = $1 and pg_get_userbyid(p.proowner) <> $2`;
