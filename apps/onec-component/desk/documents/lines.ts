import type { EntityManager } from 'typeorm';
import { Referring, type NamedKey, type Referred } from '../../bindings/columns.js';

/** The tabular part, column by column: the n-th line is the n-th value of each list. */
export interface DocumentLines extends Referred {
  lines: {
    curriculum: number[];
    department: number[];
    discipline: number[];
    semester: number[];
    course: number[];
    change: boolean[];
    several: boolean[];
    /** What the register held when the line was shown; null: nothing. */
    shownCourse: (number | null)[];
    /** Place of the period of that record. */
    shownPeriod: (number | null)[];
  };
}

interface Row extends NamedKey {
  semester: number;
  course: number;
  change: boolean;
  several: boolean;
  shownCourse: number | null;
  shownPeriod: string | null;
}

export async function documentLines(db: EntityManager, document: string): Promise<DocumentLines> {
  const rows: Row[] = await db.query(
    `select line.curriculum, line.department, line.discipline_kind as kind, line.discipline, line.semester,
            line.course_id as course, line.change, line.several, line.shown_course as "shownCourse",
            to_char(line.shown_period, 'YYYY-MM-DD"T"HH24:MI:SS') as "shownPeriod",
            coalesce(d.name, line.discipline) as "disciplineName", coalesce(t.name, line.department) as "departmentName"
       from onec_component.binding_document_lines line
       left join onec_component.disciplines d on d.kind = line.discipline_kind and d.code = line.discipline
       left join onec_component.departments t on t.code = line.department
      where line.document = $1 order by line.line`,
    [document],
  );
  const referring = new Referring();
  const places = rows.map((row) => referring.placesOf(row));
  const shownPeriod = rows.map((row) => (row.shownPeriod === null ? null : referring.period(row.shownPeriod)));
  return {
    ...(await referring.referred(db)),
    lines: {
      curriculum: places.map((place) => place.curriculum),
      department: places.map((place) => place.department),
      discipline: places.map((place) => place.discipline),
      semester: rows.map((row) => row.semester),
      course: rows.map((row) => row.course),
      change: rows.map((row) => row.change),
      several: rows.map((row) => row.several),
      shownCourse: rows.map((row) => row.shownCourse),
      shownPeriod,
    },
  };
}
