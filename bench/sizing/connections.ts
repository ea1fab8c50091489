import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import type { Pool } from 'pg';

/** Of this database, without the one that asks. */
export async function databaseConnections(database: Pool): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  return rows[0]!.n;
}

/** Open TCP connections of these processes to the server's port. Linux. */
export function connectionsTo(address: string, usualPort: number, pids: readonly number[]): number {
  const port = (Number(new URL(address).port) || usualPort).toString(16).toUpperCase().padStart(4, '0');
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const row of readFileSync(table, 'latin1').split('\n').slice(1)) {
      const [, , remote, state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '01' && remote?.endsWith(`:${port}`)) sockets.add(`socket:[${inode}]`);
    }
  return pids
    .flatMap((pid) => readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`))
    .filter((path) => {
      try {
        return sockets.has(readlinkSync(path));
      } catch {
        return false; // closed meanwhile
      }
    }).length;
}
