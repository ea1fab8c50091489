import { z } from 'zod';
import { duration, url, zone } from '../values.js';

const roletype = z.string().regex(/^0[1-8]$/, 'a role type is 01 to 08');

/** Files of the format IMS Enterprise, from a student system that is no 1C. */
export const imsSchema = z.strictObject({
  /** The drop folder; ims-gateway makes its own folders in it. */
  folder: z.string().min(1),
  /** `snapshot`: whoever a file does not name is no more. `delta`: a file names what has changed. */
  content: z.enum(['snapshot', 'delta']).default('delta'),
  /** Role type of the format -> role shortname in Moodle; a role type that is not here enrols nobody. */
  roles: z.record(roletype, z.string().min(1)).default({ '01': 'student' }),
  /** Where a day of a file begins. */
  zone,
  /** Percent of persons, or of roles, that a snapshot may remove before a person is asked. */
  removalShare: z.int().min(0).max(100).default(10),
  /** A file is written to the end when it has not changed for so long. */
  quietFor: duration.default('PT10S'),
  /** What became of a file, and of each person in it, is known for so long; the file itself stays in the archive. */
  keepFor: duration.default('P90D'),
});

/** One file of the format, for the plugin enrol_imsenterprise of a Moodle without web services. */
export const imsFileSchema = z.strictObject({
  /** wwwroot of the site, for links to it. */
  url: url.transform((address) => address.replace(/\/+$/, '')),
  /** The file itself: where Moodle's setting imsfilelocation says. */
  file: z.string().min(1),
  /** Role shortname -> role type of the format; the plugin's imsrolemap01 to 08 make roles of them again. */
  roles: z.record(z.string().min(1), roletype).default({ student: '01' }),
  /** Lines of a course's number and its idnumber; absent: the number itself is the idnumber. */
  coursesFile: z.string().min(1).optional(),
  /** `properties/target`, where Moodle's imsrestricttarget asks for one. */
  target: z.string().min(1).optional(),
  /** In which a moment becomes a day: that of Moodle's server. */
  zone,
});
