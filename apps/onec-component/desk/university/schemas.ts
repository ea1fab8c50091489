import { z } from 'zod';
import { code, disciplineKind, paged, piece, total } from '../schemas.js';

const flag = z.enum(['true', 'false']).transform((given) => given === 'true');

export const curriculaQuery = z.object({
  ...paged,
  text: piece.optional().describe('A piece of code, name, field or profile.'),
  department: piece.optional().describe('Code of the graduating department.'),
  level: piece.optional(),
  mode: piece.optional(),
  year: z.coerce.number().int().min(1900).max(2999).optional(),
  approved: flag.optional().describe('Approved and no template.'),
});
const programme = {
  year: z.int().nullable(),
  field: z.string().nullable(),
  profile: z.string().nullable(),
  mode: z.string().nullable(),
  site: z.string().nullable(),
};
const curriculum = {
  code: z.string(),
  name: z.string(),
  ...programme,
  level: z.string().nullable(),
  template: z.boolean(),
  approved: z.boolean(),
  graduatingDepartment: z.string().nullable(),
  graduatingDepartmentName: z.string().nullable(),
};
export const curriculaSchema = z.object({
  curricula: z.array(z.object({ ...curriculum, lines: z.int() }).meta({ id: 'ListedCurriculum' })),
  total,
});
export const curriculumSchema = z
  .object({
    ...curriculum,
    lines: z.array(
      z.object({
        disciplineKind,
        discipline: z.string(),
        disciplineName: z.string(),
        semester: z.int(),
        department: z.string(),
        departmentName: z.string(),
      }),
    ),
  })
  .meta({ id: 'Curriculum' });

export const filtersSchema = z.object({
  departments: z.array(z.object({ code: z.string(), name: z.string() })),
  levels: z.array(z.string()),
  modes: z.array(z.string()),
  years: z.array(z.int()),
  semesters: z.array(z.int()),
  disciplineKinds: z.array(disciplineKind),
});

export const groupsQuery = z.object({
  ...paged,
  text: piece.optional().describe('A piece of code or name.'),
  curriculum: piece.optional().describe('Code: groups that it fits.'),
});
export const groupsSchema = z.object({
  groups: z.array(
    z
      .object({
        code: z.string(),
        name: z.string(),
        ...programme,
        curricula: z.array(z.string()).describe('Approved ones that fit: 1C takes a group with exactly one.'),
        students: z.int().describe('Who continue.'),
      })
      .meta({ id: 'ListedGroup' }),
  ),
  total,
});

const courses = z.array(
  z
    .object({
      courseId: z.int(),
      disciplines: z.array(
        z.object({
          name: z.string(),
          department: z.string(),
          since: z.string(),
          document: z.string(),
          number: z.string(),
          author: z.string(),
        }),
      ),
    })
    .meta({ id: 'BoundCourse' }),
);
export const groupCoursesSchema = z
  .object({
    code: z.string(),
    name: z.string(),
    curricula: z
      .array(z.string())
      .describe('Not exactly one: 1C reports the group as faulty, and there are no courses.'),
    semesters: z.array(z.object({ semester: z.int(), students: z.int(), courses })),
  })
  .meta({ id: 'CoursesOfGroup' });

export const peopleQuery = z.object({
  ...paged,
  text: piece.optional().describe('A piece of code or name.'),
  group: piece.optional().describe('Code of the group.'),
  continues: flag.optional(),
});
export const peopleSchema = z.object({
  students: z.array(
    z
      .object({
        code: z.string(),
        lastname: z.string(),
        firstname: z.string(),
        middlename: z.string(),
        group: z.string().nullable(),
        groupName: z.string().nullable(),
        semester: z.int().nullable(),
        continues: z.boolean(),
      })
      .meta({ id: 'ListedStudent' }),
  ),
  total,
});
export const studentCoursesSchema = z
  .object({
    code: z.string(),
    name: z.string().describe('Empty where 1C has none.'),
    group: z.string().nullable(),
    groupName: z.string().nullable(),
    continues: z.boolean(),
    semester: z.int().nullable(),
    curriculum: z.string().nullable(),
    fault: z.enum(['Status Error', 'Individual Error', 'Group Error', 'ES Error']).nullable(),
    courses,
  })
  .meta({ id: 'CoursesOfStudent' });
export { code };
