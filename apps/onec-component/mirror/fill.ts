import type { EntityManager } from 'typeorm';
import type { Snapshot } from './snapshot.js';

interface Filling {
  table: string;
  key: string[];
  rows: Record<string, unknown>[];
}

/** Rows of the mirror's tables, by column. */
function fillings(snapshot: Snapshot): Filling[] {
  const lines = new Map<string, number>();
  return [
    { table: 'students', key: ['code'], rows: snapshot.students },
    {
      table: 'student_statuses',
      key: ['student', 'period', 'line'],
      rows: snapshot.statuses.map(({ group, ...row }) => {
        const at = `${row.period} ${row.student}`;
        const line = (lines.get(at) ?? 0) + 1;
        lines.set(at, line);
        return { ...row, study_group: group, line };
      }),
    },
    { table: 'individual_full_names', key: ['individual', 'period'], rows: snapshot.names },
    { table: 'study_groups', key: ['code'], rows: snapshot.groups },
    {
      table: 'curricula',
      key: ['code'],
      rows: snapshot.curricula.map(({ lines: _, graduatingDepartment, ...row }) => ({
        ...row,
        graduating_department: graduatingDepartment,
      })),
    },
    {
      table: 'curriculum_lines',
      key: ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
      rows: snapshot.curricula.flatMap((curriculum) =>
        curriculum.lines.map(({ disciplineKind, ...line }) => ({
          ...line,
          curriculum: curriculum.code,
          discipline_kind: disciplineKind,
        })),
      ),
    },
    { table: 'disciplines', key: ['kind', 'code'], rows: snapshot.disciplines },
    { table: 'departments', key: ['code'], rows: snapshot.departments },
  ];
}

const chunk = 5_000;

/** Makes the mirror equal to the snapshot, touching only rows that differ. Rows of one key: the last counts. */
export async function fillMirror(db: EntityManager, snapshot: Snapshot): Promise<void> {
  for (const { table, key, rows } of fillings(snapshot)) {
    const unique = [...new Map(rows.map((row) => [JSON.stringify(key.map((name) => row[name])), row])).values()];
    const target = `onec_component.${table}`;
    const keys = key.join(', ');
    await db.query(`create temporary table incoming (like ${target}) on commit drop`);
    for (let at = 0; at < unique.length; at += chunk)
      await db.query(`insert into incoming select * from json_populate_recordset(null::${target}, $1::json)`, [
        JSON.stringify(unique.slice(at, at + chunk)),
      ]);
    await db.query('analyze incoming');
    await db.query(
      `delete from ${target} where (${keys}) in
         (select ${keys} from (select * from ${target} except select * from incoming) gone)`,
    );
    await db.query(`insert into ${target} select * from incoming except select * from ${target}`);
    await db.query('drop table incoming');
  }
}

/** Tables whose statistics and visibility a first filling makes worthless. */
export const mirrorTables = ['students', 'student_statuses', 'individual_full_names', 'study_groups', 'curricula'].map(
  (table) => `onec_component.${table}`,
);
