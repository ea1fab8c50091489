import { z } from 'zod';

/** What Moodle did not do, in an answer that is otherwise a success. The message may hold personal data. */
export const warningsSchema = z.object({
  warnings: z.array(z.looseObject({ itemid: z.int().nullish(), warningcode: z.union([z.string(), z.number()]) })),
});
