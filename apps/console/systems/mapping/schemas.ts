import { z } from 'zod';
import { moment, shortText } from '../../http/schemas.js';
import { findingSchema } from '../schemas.js';

export const mappingSchema = z
  .object({
    mappingFile: z
      .string()
      .nullable()
      .describe('Null: the mirror is not filled over OData, there is nothing to look at.'),
    by: z.string().nullable().describe('Who asked for the last look; null: nobody has yet.'),
    begunAt: moment.nullable(),
    endedAt: moment.nullable().describe('Null: nobody has looked yet, or it is under way.'),
    findings: z.array(findingSchema).describe('What is missing or doubtful, as of the last look that ended.'),
    sections: z
      .array(
        z
          .object({
            section: z.string(),
            kind: z.string().nullable().describe('Of disciplines: which kind.'),
            set: z.string().describe('Where it is read from.'),
            rows: z.int().describe('Of the whole set; of a register all records.'),
            fields: z.array(z.string()),
            examples: z
              .array(z.array(shortText))
              .describe('Up to ten records as the mirror would see them, names of people by their first letter.'),
          })
          .meta({ id: 'SectionLook' }),
      )
      .describe('What each section gives; those that cannot be read are among the findings.'),
  })
  .meta({ id: 'MappingLook' });
