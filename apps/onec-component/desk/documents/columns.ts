import { z } from 'zod';
import { complaint } from '#http-api';
import type { DraftLine } from '../../documents/drafts.js';
import { code, disciplineKind, naiveDate, semester, text } from '../schemas.js';

/** Lines of one document at the most. */
export const mostLines = 20_000;

const list = <T extends z.ZodType>(item: T) => z.array(item).max(mostLines);
const place = z.int().min(0);
const course = z.int().describe('Number of the course in Moodle; 0: none.');

/** The columns of what is sent; each list has a value for every line. */
const columns = {
  curriculum: list(place).describe('Places in `curricula`.'),
  department: list(place).describe('Places in `departments`: the teaching department.'),
  discipline: list(place).describe('Places in `disciplines`.'),
  semester: list(semester),
  course: list(course),
  change: list(z.boolean()).describe('Only these lines become records of the register.'),
  several: list(z.boolean()).describe('The mark of the column Mult.'),
  shownCourse: list(z.int().nullable()).describe('What the register held when the line was shown; null: no record.'),
  shownPeriod: list(place.nullable()).describe('Place in `periods` of that record.'),
};
const lines = z.object(columns);

const referred = {
  curricula: list(z.object({ code })).describe('As they were read; only the code counts.'),
  departments: list(z.object({ code: text(200) })),
  disciplines: list(z.object({ kind: disciplineKind, code })),
  periods: list(naiveDate),
};

export const columnarLines = { ...referred, lines };
type Columnar = z.infer<z.ZodObject<typeof columnarLines>>;

const referring = [
  ['curriculum', 'curricula'],
  ['department', 'departments'],
  ['discipline', 'disciplines'],
  ['shownPeriod', 'periods'],
] as const;

/** All columns are of one length, and every place is one of its list. */
export const isWhole = (given: Columnar): boolean =>
  Object.values(given.lines).every((column) => column.length === given.lines.course.length) &&
  referring.every(([column, names]) =>
    given.lines[column].every((place) => place === null || place < given[names].length),
  );
export const wholeOnly = complaint(
  'Столбцы разной длины, или место вне своего списка',
  'Columns differ in length, or a place is outside its list',
);

export const draftLines = ({ curricula, departments, disciplines, periods, lines }: Columnar): DraftLine[] =>
  lines.course.map((courseId, index) => {
    const { kind, code } = disciplines[lines.discipline[index]!]!;
    const shownPeriod = lines.shownPeriod[index]!;
    const shownCourse = lines.shownCourse[index]!;
    return {
      ...{
        curriculum: curricula[lines.curriculum[index]!]!.code,
        department: departments[lines.department[index]!]!.code,
      },
      ...{ disciplineKind: kind, discipline: code, semester: lines.semester[index]!, courseId },
      ...{ change: lines.change[index]!, several: lines.several[index]! },
      shown:
        shownPeriod === null || shownCourse === null ? null : { course: shownCourse, period: periods[shownPeriod]! },
    };
  });

/** What goes out beside columns. */
export const referredSchema = {
  curricula: z.array(
    z
      .object({
        code: z.string(),
        name: z.string(),
        year: z.int().nullable(),
        field: z.string().nullable(),
        profile: z.string().nullable(),
        mode: z.string().nullable(),
        site: z.string().nullable(),
        level: z.string().nullable(),
        graduatingDepartment: z.string().nullable(),
        graduatingDepartmentName: z.string().nullable(),
      })
      .meta({ id: 'CurriculumInList' }),
  ),
  departments: z.array(z.object({ code: z.string(), name: z.string() })),
  disciplines: z.array(z.object({ kind: disciplineKind, code: z.string(), name: z.string() })),
  periods: z.array(z.string()),
};

const outgoing = <T extends z.ZodType>(item: T) => z.array(item);
export const columnsSchema = z.object({
  curriculum: outgoing(z.int()).describe('Places in `curricula`.'),
  department: outgoing(z.int()).describe('Places in `departments`: the teaching department.'),
  discipline: outgoing(z.int()).describe('Places in `disciplines`.'),
  semester: outgoing(z.int()),
  course: outgoing(z.int()).describe('Number of the course in Moodle; 0: none.'),
  change: outgoing(z.boolean()),
  several: outgoing(z.boolean()),
  shownCourse: outgoing(z.int().nullable()),
  shownPeriod: outgoing(z.int().nullable()).describe('Places in `periods`.'),
});
