import type { EntityManager } from 'typeorm';
import { both, type Bilingual } from '#contracts';
import { storeByHalves } from '#persistence';
import { continuesEducation } from '../registers/facts.js';
import type { Tally } from './loss/loss.js';
import { Misread } from './plain-values.js';
import type { LeftOut, RecordPlace, Section, SnapshotElement } from './snapshot.js';

interface Table {
  /** Where its rows come from. */
  section: Section;
  /** Column of whose rows they are. */
  owner: string;
  key: string[];
  columns: string[];
  /** Columns that are calculated when all rows have come. */
  calculated?: Record<string, string>;
}

const fit = ['year', 'field', 'profile', 'mode', 'site'];

const tables = {
  students: { section: 'students', owner: 'code', key: ['code'], columns: ['code', 'individual'] },
  student_statuses: {
    section: 'statuses',
    owner: 'student',
    key: ['student', 'period', 'line'],
    columns: ['student', 'period', 'line', 'status', 'study_group', 'semester', 'curriculum'],
    calculated: { line: '(row_number() over (partition by student, period order by chunk, ordinality))::int' },
  },
  individual_full_names: {
    section: 'names',
    owner: 'individual',
    key: ['individual', 'period'],
    columns: ['individual', 'period', 'lastname', 'firstname', 'middlename'],
  },
  study_groups: { section: 'groups', owner: 'code', key: ['code'], columns: ['code', 'name', ...fit, 'faculty'] },
  curricula: {
    section: 'curricula',
    owner: 'code',
    key: ['code'],
    columns: ['code', 'name', ...fit, 'template', 'status', 'graduating_department', 'level'],
  },
  curriculum_lines: {
    section: 'curricula',
    owner: 'curriculum',
    key: ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
    columns: ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
  },
  disciplines: { section: 'disciplines', owner: 'code', key: ['kind', 'code'], columns: ['kind', 'code', 'name'] },
  departments: { section: 'departments', owner: 'code', key: ['code'], columns: ['code', 'name'] },
} satisfies Record<string, Table>;
type TableName = keyof typeof tables;
const named = Object.entries(tables) as [TableName, Table][];

type Row = Record<string, unknown>;
interface Waiting {
  row: Row;
  place: RecordPlace;
}

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

/** A value of the record that the database itself refuses. */
const refused = (): Misread =>
  new Misread(both('значение, которое хранит база', 'a value that the database holds'), both('иное', 'another'));

/** One filling of the mirror, within the caller's transaction. Until {@link finish} the mirror is only read. */
export class Filling {
  students = 0;
  /** Records that could not be read, or stored. */
  readonly leftOut: LeftOut[] = [];
  private chunks = 0;
  private readonly waiting = new Map<TableName, Waiting[]>(named.map(([table]) => [table, []]));

  private constructor(private readonly db: EntityManager) {}

  static async begin(db: EntityManager): Promise<Filling> {
    for (const [table] of named)
      await db.query(
        `create temporary table incoming_${table} (like onec_component.${table}, ordinality bigint, chunk int)
         on commit drop`,
      );
    return new Filling(db);
  }

  async take(records: readonly (SnapshotElement | LeftOut)[]): Promise<void> {
    for (const record of records) {
      if ('problems' in record) {
        this.leftOut.push(record);
        continue;
      }
      if (record.section === 'students') this.students++;
      const { value: _, ...place } = record;
      for (const [table, row] of rowsOf(record))
        if (this.waiting.get(table)?.push({ row, place }) === chunk) await this.flush(table);
    }
  }

  /** How many records each table holds, and would hold: what was left out counts as if it had come. */
  async tallies(): Promise<Tally[]> {
    for (const [table] of named) await this.flush(table);
    const tallies: Tally[] = [];
    for (const [table, { section }] of named) {
      const unread = this.leftOut.filter((record) => record.section === section).length;
      tallies.push(await this.tally(table, both(table, table), unread, ''));
      if (table === 'student_statuses')
        tallies.push(
          await this.tally(
            table,
            both('обучение продолжают (Continues Education)', 'Continues Education'),
            unread,
            `where status = '${continuesEducation}'`,
          ),
        );
    }
    return tallies;
  }

  private async tally(table: TableName, what: Bilingual, unread: number, where: string): Promise<Tally> {
    const [row]: { before: number; after: number }[] = await this.db.query(
      `select (select count(*)::int from onec_component.${table} ${where}) as before,
              (select count(*)::int from incoming_${table} ${where}) as after`,
    );
    return { what, before: row!.before, after: row!.after + unread };
  }

  /**
   * Makes the mirror equal to what was taken, touching only rows that differ. Rows of one key: the last counts. Whoever
   * has a record that was left out keeps all that the mirror knew of them in its section: half of a history may say
   * the opposite of the whole. If it is not known whose it is, so does everyone of whom nothing came.
   */
  async finish(): Promise<void> {
    for (const [table] of named) await this.flush(table);
    for (const [table, description] of named) {
      const { section, owner, key, columns, calculated = {} }: Table = description;
      const target = `onec_component.${table}`;
      const keys = key.join(', ');
      const list = columns.join(', ');
      const selected = columns.map((name) => (calculated[name] ? `${calculated[name]} as ${name}` : name)).join(', ');
      const unread = this.leftOut.filter((record) => record.section === section);
      const kept = [...new Set(unread.flatMap((record) => record.owner ?? []))];
      if (kept.length > 0)
        await this.db.query(`delete from incoming_${table} where ${owner} = any($1::text[])`, [kept]);
      await this.db.query(
        `create temporary table incoming on commit drop as
           select distinct on (${keys}) ${list}
             from (select ${selected}, chunk, ordinality from incoming_${table}) arrived
            order by ${keys}, chunk desc, ordinality desc`,
      );
      await this.db.query('analyze incoming');
      await this.db.query(
        `delete from ${target} where (${keys}) in
           (select ${keys} from (select ${list} from ${target} except select ${list} from incoming) gone)
           and ${owner} <> all($1::text[])
           ${unread.some((record) => record.owner === undefined) ? `and ${owner} in (select ${owner} from incoming)` : ''}`,
        [kept],
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
    const unstored = await storeByHalves(rows, (some) => this.store(table, some));
    this.leftOut.push(...unstored.map(({ record: { place } }) => ({ ...place, problems: [refused()] })));
  }

  private async store(table: TableName, rows: readonly Waiting[]): Promise<void> {
    await this.db.query('savepoint lot');
    try {
      await this.db.query(
        `insert into incoming_${table}
         select *, $2::int from json_populate_recordset(null::onec_component.${table}, $1::json) with ordinality`,
        [JSON.stringify(rows.map(({ row }) => row)), ++this.chunks],
      );
    } catch (error) {
      await this.db.query('rollback to savepoint lot');
      throw error;
    }
    await this.db.query('release savepoint lot');
  }
}

/** Tables whose statistics and visibility a first filling makes worthless. */
export const mirrorTables = ['students', 'student_statuses', 'individual_full_names', 'study_groups', 'curricula'].map(
  (table) => `onec_component.${table}`,
);
