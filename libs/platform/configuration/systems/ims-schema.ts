import { z } from 'zod';
import { duration, zone } from '../values.js';

/** Files of the format IMS Enterprise, from a student system that is no 1C. */
export const imsSchema = z.strictObject({
  /** The drop folder; ims-gateway makes its own folders in it. */
  folder: z.string().min(1),
  /** `snapshot`: whoever a file does not name is no more. `delta`: a file names what has changed. */
  content: z.enum(['snapshot', 'delta']).default('delta'),
  /** Role type of the format -> role shortname in Moodle; a role type that is not here enrols nobody. */
  roles: z
    .record(z.string().regex(/^0[1-8]$/, 'a role type is 01 to 08'), z.string().min(1))
    .default({ '01': 'student' }),
  /** Where a day of a file begins. */
  zone,
  /** Percent of persons, or of roles, that a snapshot may remove before a person is asked. */
  removalShare: z.int().min(0).max(100).default(10),
  /** A file is written to the end when it has not changed for so long. */
  quietFor: duration.default('PT10S'),
});
