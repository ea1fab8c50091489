import { z } from 'zod';

/** RFC 9457, with what is wrong with each value. */
export const problemSchema = z
  .object({
    type: z.string().describe('`urn:itk:problem:<name>`: by this a client knows it.'),
    title: z.string().describe("In the client's language, by Accept-Language."),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().describe('Stands in the log of the service, too, where the fault is ours.'),
    issues: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('Of a request that is not understood: where, and what.'),
    details: z.record(z.string(), z.unknown()).optional().describe('What a client needs to go on, by name.'),
  })
  .meta({ id: 'Problem' });
export type ProblemDetails = z.infer<typeof problemSchema>;
