import type pg from 'pg';
import { lockNumber, nextInLine } from '../locks/advisory-lock.js';

/** Sessions that hold the lock of this key, or are the next in line for it. */
export async function lockSessions(control: pg.Client, key: string, held: boolean): Promise<number[]> {
  const bits = BigInt.asUintN(64, lockNumber(held ? key : nextInLine(key)));
  const { rows } = await control.query(
    `select pid from pg_locks where locktype = 'advisory' and granted and classid = $1::bigint and objid = $2::bigint
       and database = (select oid from pg_database where datname = current_database())`,
    [(bits >> 32n).toString(), (bits & 0xffffffffn).toString()],
  );
  return rows.map((row: { pid: number }) => row.pid);
}
