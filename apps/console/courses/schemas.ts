import { z } from 'zod';
import { bilingual, shortText } from '../http/schemas.js';

export const coursesQuery = z.object({
  text: z.string().trim().min(1).max(200).describe('A piece of name, short name or ID number, or the number.'),
});
const course = z
  .object({
    id: z.int(),
    fullname: shortText,
    shortname: shortText,
    idnumber: shortText.optional(),
    visible: z.boolean(),
  })
  .meta({ id: 'MoodleCourse' });
const trouble = bilingual.nullable().describe('Why Moodle could not be asked; null: it has answered.');

export const coursesSchema = z.object({ courses: z.array(course), trouble });
export const checkedCourses = z.object({ ids: z.array(z.int().min(1).max(2_147_483_647)).max(1_000) });
export const checkSchema = z.object({
  courses: z.array(course),
  failures: z
    .array(z.object({ id: z.int(), cause: z.string(), reason: bilingual, cure: bilingual.nullable() }))
    .describe('Nobody can be enrolled there: no such course, or no manual enrolment.'),
  trouble,
});
