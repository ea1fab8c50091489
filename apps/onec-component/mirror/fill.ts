import type { EntityManager } from 'typeorm';
import type { SnapshotElement } from './snapshot.js';

interface Table {
  key: string[];
  columns: string[];
  /** Columns that are calculated when all rows have come. */
  calculated?: Record<string, string>;
}

const fit = ['year', 'field', 'profile', 'mode', 'site'];

const tables = {
  students: { key: ['code'], columns: ['code', 'individual'] },
  student_statuses: {
    key: ['student', 'period', 'line'],
    columns: ['student', 'period', 'line', 'status', 'study_group', 'semester'],
    calculated: { line: '(row_number() over (partition by student, period order by chunk, ordinality))::int' },
  },
  individual_full_names: {
    key: ['individual', 'period'],
    columns: ['individual', 'period', 'lastname', 'firstname', 'middlename'],
  },
  study_groups: { key: ['code'], columns: ['code', 'name', ...fit] },
  curricula: {
    key: ['code'],
    columns: ['code', 'name', ...fit, 'template', 'status', 'graduating_department', 'level'],
  },
  curriculum_lines: {
    key: ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
    columns: ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
  },
  disciplines: { key: ['kind', 'code'], columns: ['kind', 'code', 'name'] },
  departments: { key: ['code'], columns: ['code', 'name'] },
} satisfies Record<string, Table>;
type TableName = keyof typeof tables;
const named = Object.entries(tables) as [TableName, Table][];

type Row = Record<string, unknown>;

/** Rows of the mirror's tables, by column. */
function* rowsOf({ section, value }: SnapshotElement): Generator<[TableName, Row]> {
  switch (section) {
    case 'students':
      return yield ['students', value];
    case 'statuses': {
      const { group, ...row } = value;
      return yield ['student_statuses', { ...row, study_group: group, line: 0 }];
    }
    case 'names':
      return yield ['individual_full_names', value];
    case 'groups':
      return yield ['study_groups', value];
    case 'curricula': {
      const { lines, graduatingDepartment, ...row } = value;
      yield ['curricula', { ...row, graduating_department: graduatingDepartment }];
      for (const { disciplineKind, ...line } of lines)
        yield ['curriculum_lines', { ...line, curriculum: value.code, discipline_kind: disciplineKind }];
      return;
    }
    case 'disciplines':
      return yield ['disciplines', value];
    case 'departments':
      return yield ['departments', value];
  }
}

/** Rows sent at a time. */
const chunk = 1_000;

/** One filling of the mirror, within the caller's transaction. Until {@link finish} the mirror is only read. */
export class Filling {
  students = 0;
  private chunks = 0;
  private readonly waiting = new Map<TableName, Row[]>(named.map(([table]) => [table, []]));

  private constructor(private readonly db: EntityManager) {}

  static async begin(db: EntityManager): Promise<Filling> {
    for (const [table] of named)
      await db.query(
        `create temporary table incoming_${table} (like onec_component.${table}, ordinality bigint, chunk int)
         on commit drop`,
      );
    return new Filling(db);
  }

  async take(elements: SnapshotElement[]): Promise<void> {
    for (const element of elements) {
      if (element.section === 'students') this.students++;
      for (const [table, row] of rowsOf(element))
        if (this.waiting.get(table)?.push(row) === chunk) await this.flush(table);
    }
  }

  /** Makes the mirror equal to what was taken, touching only rows that differ. Rows of one key: the last counts. */
  async finish(): Promise<void> {
    for (const [table] of named) await this.flush(table);
    for (const [table, { key, columns, calculated = {} }] of named) {
      const target = `onec_component.${table}`;
      const keys = key.join(', ');
      const list = columns.join(', ');
      const selected = columns.map((name) => (calculated[name] ? `${calculated[name]} as ${name}` : name)).join(', ');
      await this.db.query(
        `create temporary table incoming on commit drop as
           select distinct on (${keys}) ${list}
             from (select ${selected}, chunk, ordinality from incoming_${table}) arrived
            order by ${keys}, chunk desc, ordinality desc`,
      );
      await this.db.query('analyze incoming');
      await this.db.query(
        `delete from ${target} where (${keys}) in
           (select ${keys} from (select ${list} from ${target} except select ${list} from incoming) gone)`,
      );
      await this.db.query(
        `insert into ${target} (${list}) select ${list} from incoming except select ${list} from ${target}`,
      );
      await this.db.query(`drop table incoming, incoming_${table}`);
    }
  }

  private async flush(table: TableName): Promise<void> {
    const rows = this.waiting.get(table);
    if (!rows || rows.length === 0) return;
    this.waiting.set(table, []);
    await this.db.query(
      `insert into incoming_${table}
       select *, $2::int from json_populate_recordset(null::onec_component.${table}, $1::json) with ordinality`,
      [JSON.stringify(rows), ++this.chunks],
    );
  }
}

/** Tables whose statistics and visibility a first filling makes worthless. */
export const mirrorTables = ['students', 'student_statuses', 'individual_full_names', 'study_groups', 'curricula'].map(
  (table) => `onec_component.${table}`,
);
