import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { consoleSchema } from './console/console-schema.js';
import { contradictionsOf } from './systems/contradictions.js';
import { imsFileSchema, imsSchema } from './systems/ims-schema.js';
import { duration, secretFile, url, zone } from './values.js';

const template = z.string().min(1);
const pattern = z.string().refine((text) => {
  try {
    return new RegExp(`${text}|`).exec('')!.length > 1;
  } catch {
    return false;
  }
}, 'must be a regular expression with a group');

/** A code of letters and digits apart (`АБ 12`) is one code; so is one with no-break spaces. */
export const defaultErrorCodePattern =
  '(?:Код студента|student code)\\s*:?\\s*((?:[^\\s\\d.,;:()]+ (?=\\S*\\d))?\\S+?(?:[\\u00A0\\u202F]\\S+?)*)[.,;]?(?:\\s|$)';

const synchronizerSchema = z.strictObject({
  /** Address of the publication: https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws */
  url,
  user: z.string().min(1),
  passwordFile: secretFile,
  /** Target namespace of the web service. */
  namespace: z.string().min(1).default('http://itk.example.org/synchronizer'),
  /** The infobase's zone: 1C's dates carry none. */
  zone,
  /** Does the publication have SetErrorCronflag? `auto` looks at the WSDL. */
  setErrorCronflag: z.enum(['auto', 'yes', 'no']).default('auto'),
  /** Finds the student's code in the text of an `error` element: the first group. */
  errorCodePattern: pattern.default(defaultErrorCodePattern),
  /** Field names of a foreign 1C: `{ lastname: Фамилия }`. */
  rename: z.record(z.string(), z.string()).default({}),
});

const moodleSchema = z.strictObject({
  /** wwwroot of the site, as Moodle's own configuration has it. */
  url: url.transform((address) => address.replace(/\/+$/, '')),
  tokenFile: secretFile,
  /** Role ids by shortname: Moodle has no web service that lists roles. */
  roles: z.record(z.string(), z.int().positive()).default({ student: 5 }),
  /** PHP's max_input_vars at the site: over it PHP silently drops the rest of a call. */
  maxInputVars: z.int().min(100).default(1000),
  /** Calls in flight at a time. */
  concurrency: z.int().min(1).max(16).default(2),
});

const accountsSchema = z.strictObject({
  /** The person key: the student's code, or the human (1C's individual) where one may have two studies. */
  per: z.enum(['student', 'individual']).default('student'),
  auth: z.string().min(1).default('manual'),
  lang: z.string().min(2).optional(),
  /** Template over code, individual, lastname, firstname, middlename, group...: `{code}`, `{lastname}.{firstname:1}`. */
  username: template.default('{code}'),
  email: template.default('{username}@students.invalid'),
  /** For persons of one name: what stands in for the other, `{lastname}` or `-`. Moodle requires both. */
  missingNames: z.strictObject({ lastname: template.optional(), firstname: template.optional() }).prefault({}),
  /** Moodle field or `profile.<shortname>` -> template. */
  fields: z.record(z.string(), template).default({}),
  /** `random`: policy-conforming, must be changed at first login. `none`: a single sign-on plugin holds it. */
  password: z.enum(['random', 'none']).default('random'),
  /** Take over an account with an empty idnumber that has the reserved username? */
  adopt: z.enum(['none', 'username']).default('none'),
});

const enrolmentSchema = z.strictObject({
  role: z.string().min(1).default('student'),
  /** What becomes of ours that nobody wants; `suspend` has a brake: docs/enrolments.md. */
  removal: z.enum(['keep', 'suspend']).default('keep'),
  /** The academic group: not mirrored, a group in each course, or one site cohort. */
  grouping: z.enum(['none', 'group', 'cohort']).default('none'),
  /** Number of the Moodle category in which courses are made that a file names and Moodle does not have; absent: none are. */
  newCourseCategory: z.int().positive().optional(),
  /** Besides `role`, what an administrator may set when a message is edited. */
  editRoles: z.array(z.string().min(1)).default([]),
});

const systemSections = z.strictObject({
  id: systemIdSchema,
  /** The system's Name in 1C's ELS directory. */
  els: z.string().min(1),
  /** 1C; absent where files alone tell of the students. */
  synchronizer: synchronizerSchema.optional(),
  /** Files beside 1C or in its place; who comes first of the two, a student belongs to. */
  ims: imsSchema.optional(),
  /** A Moodle that is worked through its web services. */
  moodle: moodleSchema.optional(),
  /** A Moodle that has none of them: it takes a file. */
  imsFile: imsFileSchema.optional(),
  accounts: accountsSchema.prefault({}),
  enrolment: enrolmentSchema.prefault({}),
  /** How long 1C hides a synchronized student. */
  period: duration.default('P1M'),
  /** Rest between two questions to 1C, when there was nothing new. */
  pollInterval: duration.default('PT5S'),
  /** Students in flight at the most. */
  window: z.int().min(1).max(5000).default(1000),
});
export type SystemSections = z.infer<typeof systemSections>;

export const systemSchema = systemSections.superRefine(contradictionsOf);
export type SystemConfiguration = z.infer<typeof systemSchema>;

/** Where the mirror of 1C:University is filled from: OData; without it a snapshot (JSON) fetched by http. */
const mirrorSchema = z
  .strictObject({
    url: url.optional(),
    odata: z
      .strictObject({
        /** https://1c.example.edu/univer/odata/standard.odata */
        url,
        user: z.string().min(1),
        passwordFile: secretFile,
        /** Says where in this configuration of 1C each thing stands. */
        mappingFile: z.string().min(1),
        /** Rows of an answer. */
        pageSize: z.int().min(10).max(10_000).default(1000),
      })
      .optional(),
    /** Of a snapshot every minute, over OData every ten. */
    refresh: duration.optional(),
    /** Share of its records that the mirror may lose at one refresh; 1: any. */
    largestLoss: z.number().min(0).max(1).default(0.3),
  })
  .refine(({ url: snapshot, odata }) => snapshot !== undefined || odata !== undefined, {
    path: ['odata'],
    error: 'odata or url is needed',
  });

const componentSchema = z.strictObject({
  mirror: mirrorSchema,
  /** The infobase's zone: registers hold naive dates in it. */
  zone,
  /** Target namespace of our ITK_Synchronizer. */
  namespace: z.string().min(1).default('http://itk.example.org/synchronizer'),
  /** Accounts of the web service besides those added later; ELSAdministrator is the role that may call it. */
  accounts: z
    .array(
      z.strictObject({
        user: z.string().min(1),
        passwordFile: secretFile,
        roles: z.array(z.enum(['ELSAdministrator', 'ELSCurriculumDeveloper'])).default(['ELSAdministrator']),
      }),
    )
    .default([]),
  /** The desk's port, which only the console may reach; absent: no desk. */
  desk: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8091),
      /** Public keys of the console (JWK Set): several while they are changed. */
      keysFile: secretFile,
    })
    .optional(),
  /** End a student's live register rows when what GetStudents would return has changed. */
  reofferOnChange: z.boolean().default(true),
});

export const configurationSchema = z
  .strictObject({
    database: z.strictObject({ url: z.string().regex(/^postgres(ql)?:\/\//) }).optional(),
    broker: z
      .strictObject({
        url: z.string().regex(/^amqps?:\/\//),
        /** RabbitMQ's management API: it alone tells what is in the hands of consumers. */
        management: z
          .strictObject({
            url: url.transform((address) => address.replace(/\/+$/, '')),
            user: z.string().min(1),
            passwordFile: secretFile,
          })
          .optional(),
      })
      .optional(),
    systems: z
      .array(systemSchema)
      .min(1)
      .refine((systems) => new Set(systems.map((system) => system.id)).size === systems.length, 'system ids repeat'),
    /** Our own 1C component; absent where a real 1C publishes ITK_Synchronizer. */
    onecComponent: componentSchema.optional(),
    console: consoleSchema.prefault({}),
  })
  .superRefine(({ systems, console: { openid } }, context) => {
    const known = new Set(systems.map(({ id }) => id));
    openid?.roles.forEach((role, index) =>
      role.systems?.forEach((system, place) => {
        if (!known.has(system))
          context.addIssue({ code: 'custom', path: ['console', 'openid', 'roles', index, 'systems', place] });
      }),
    );
  });
export type ConfigurationFile = z.infer<typeof configurationSchema>;

/** The configuration file with what the environment adds: addresses of the database and the broker. */
export type Configuration = Omit<ConfigurationFile, 'database' | 'broker'> & {
  database: { url: string };
  broker: NonNullable<ConfigurationFile['broker']>;
};
export type ComponentConfiguration = z.infer<typeof componentSchema>;
