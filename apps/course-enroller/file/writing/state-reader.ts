import type { DataSource, QueryRunner } from 'typeorm';
import type { ToldAccount } from '#contracts';
import type { RoleToWrite } from './records.js';

/** Rows fetched at a time. */
const atOnce = 5_000;

const persons = `
select account from course_enroller.file_persons where system = $1 order by (account->>'idnumber') collate "C"`;

const memberships = `
select role.course_id::float8 as "courseId", person.account->>'idnumber' as idnumber, role.role_id as "roleId",
  role.active, role.begins::float8 as begin, role.ends::float8 as "end", role.study_group as "group"
from course_enroller.file_memberships as role
join course_enroller.file_persons as person using (system, moodle_user_id)
where system = $1 order by role.course_id, (person.account->>'idnumber') collate "C", role.role_id`;

export type StandingRole = Omit<RoleToWrite, 'course'> & { courseId: number };

/** One moment of a system's state, as large as it may be. */
export interface State {
  /** Of `file_states`: the changes up to here are in it. */
  changed: number;
  persons(): AsyncGenerator<ToldAccount>;
  /** By course, then by person. */
  roles(): AsyncGenerator<StandingRole>;
}

/** Reads in one snapshot of the database, row by row. */
export async function withState<T>(
  dataSource: DataSource,
  system: string,
  work: (state: State) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    const [row] = (await runner.query(
      'select changed::float8 as changed from course_enroller.file_states where system = $1',
      [system],
    )) as { changed: number }[];
    return await work({
      changed: row?.changed ?? 0,
      async *persons() {
        for await (const { account } of rowsOf<{ account: ToldAccount }>(runner, persons, system)) yield account;
      },
      roles: () => rowsOf<StandingRole>(runner, memberships, system),
    });
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

async function* rowsOf<T>(runner: QueryRunner, query: string, system: string): AsyncGenerator<T> {
  await runner.query(`declare rows no scroll cursor for ${query}`, [system]);
  for (;;) {
    const rows = (await runner.query(`fetch ${atOnce} from rows`)) as T[];
    yield* rows;
    if (rows.length < atOnce) break;
  }
  await runner.query('close rows');
}
