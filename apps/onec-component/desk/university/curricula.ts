import type { EntityManager } from 'typeorm';
import { disciplineKinds, type DisciplineKind } from '../../ledger/entities/mirror/disciplines.js';
import { approved } from '../../registers/facts.js';
import { plain, within } from '../like.js';

export interface CurriculaAsked {
  text?: string | undefined;
  department?: string | undefined;
  level?: string | undefined;
  mode?: string | undefined;
  year?: number | undefined;
  /** Only those that are bound: approved, no templates. */
  approved?: boolean | undefined;
  page: number;
  size: number;
}

export interface ListedCurriculum {
  code: string;
  name: string;
  year: number | null;
  field: string | null;
  profile: string | null;
  mode: string | null;
  site: string | null;
  level: string | null;
  template: boolean;
  approved: boolean;
  graduatingDepartment: string | null;
  graduatingDepartmentName: string | null;
  lines: number;
}

/** Columns of a curriculum c with its graduating department d; $1 is the status of an approved one. */
const columns = `c.code, c.name, c.year, c.field, c.profile, c.mode, c.site, c.level, c.template, c.status = $1 as approved,
  c.graduating_department as "graduatingDepartment", d.name as "graduatingDepartmentName",
  (select count(*)::int from onec_component.curriculum_lines l where l.curriculum = c.code) as lines`;
const tables = `onec_component.curricula c
  left join onec_component.departments d on d.code = c.graduating_department`;

export async function listCurricula(
  db: EntityManager,
  { text, department, level, mode, year, approved: usable, page, size }: CurriculaAsked,
): Promise<{ curricula: ListedCurriculum[]; total: number }> {
  const chosen = `
    where ($2::text is null or ${plain(`concat_ws(' ', c.code, c.name, c.field, c.profile)`)} like $2)
      and ($3::text is null or c.graduating_department = $3) and ($4::text is null or c.level = $4)
      and ($5::text is null or c.mode = $5) and ($6::int is null or c.year = $6)
      and ($7::boolean is null or (not c.template and c.status = $1) = $7)`;
  const given = [
    ...[approved, text === undefined ? null : within(text), department ?? null, level ?? null, mode ?? null],
    ...[year ?? null, usable ?? null],
  ];
  const totals: { total: number }[] = await db.query(`select count(*)::int as total from ${tables} ${chosen}`, given);
  const curricula: ListedCurriculum[] = await db.query(
    `select ${columns} from ${tables} ${chosen} order by c.name, c.code limit $8 offset $9`,
    [...given, size, (page - 1) * size],
  );
  return { curricula, total: totals[0]?.total ?? 0 };
}

export interface CurriculumLine {
  disciplineKind: DisciplineKind;
  discipline: string;
  disciplineName: string;
  semester: number;
  department: string;
  departmentName: string;
}

export async function readCurriculum(
  db: EntityManager,
  code: string,
): Promise<(Omit<ListedCurriculum, 'lines'> & { lines: CurriculumLine[] }) | undefined> {
  const found: ListedCurriculum[] = await db.query(`select ${columns} from ${tables} where c.code = $2`, [
    approved,
    code,
  ]);
  if (!found[0]) return undefined;
  const lines: CurriculumLine[] = await db.query(
    `select l.discipline_kind as "disciplineKind", l.discipline, coalesce(d.name, l.discipline) as "disciplineName",
            l.semester, l.department, coalesce(t.name, l.department) as "departmentName"
       from onec_component.curriculum_lines l
       left join onec_component.disciplines d on d.kind = l.discipline_kind and d.code = l.discipline
       left join onec_component.departments t on t.code = l.department
      where l.curriculum = $1 order by l.semester, "disciplineName", l.discipline, l.department`,
    [code],
  );
  return { ...found[0], lines };
}

/** What the blocks of a filter offer. */
export async function filterValues(db: EntityManager) {
  const departments: { code: string; name: string }[] = await db.query(
    'select code, name from onec_component.departments order by name, code limit 5000',
  );
  const distinct = async <T>(column: 'level' | 'mode' | 'year'): Promise<T[]> => {
    const rows: { value: T }[] = await db.query(
      `select distinct ${column} as value from onec_component.curricula where ${column} is not null order by 1 limit 500`,
    );
    return rows.map(({ value }) => value);
  };
  const semesters: { semester: number }[] = await db.query(
    'select distinct semester from onec_component.curriculum_lines order by 1 limit 100',
  );
  return {
    departments,
    levels: await distinct<string>('level'),
    modes: await distinct<string>('mode'),
    years: await distinct<number>('year'),
    semesters: semesters.map(({ semester }) => semester),
    disciplineKinds: [...disciplineKinds],
  };
}
