import { z } from 'zod';
import { faultKinds } from '../switches/faults.js';

const strings = z.array(z.string());
const whole = z.int().nonnegative();

const cost = z.strictObject({
  callMs: z.number().nonnegative(),
  createdUserMs: z.number().nonnegative(),
  enrolmentMs: z.number().nonnegative(),
  workers: z.int().positive(),
});

const fault = z.strictObject({
  kind: z.enum(faultKinds),
  functions: strings.optional(),
  times: whole.optional(),
  holding: z.string().min(1).optional(),
  after: whole.optional(),
  probability: z.number().min(0).max(1).optional(),
  delayMs: z.number().nonnegative().optional(),
});

/** Any of the switches; the others stay as they are. */
export const switchesInput = z
  .strictObject({
    version: z.enum(['4.1', '4.5', '5.1', '5.2']),
    maxInputVars: z.int().positive(),
    proxyMaxBytes: z.int().positive().nullable(),
    postMaxBytes: z.int().positive(),
    latencyMs: z.number().nonnegative(),
    cost: cost.nullable(),
    wwwroot: z.url().nullable(),
    away: z.enum(['reset', 'silent']).nullable(),
    webServices: z.boolean(),
    restProtocol: z.boolean(),
    maintenance: z.enum(['pages', 'cli']).nullable(),
    upgradeRunning: z.boolean(),
    serviceEnabled: z.boolean(),
    serviceAccountSuspended: z.boolean(),
    tokenBoundElsewhere: z.boolean(),
    tokens: strings,
    expiredTokens: strings,
    capabilitiesMissing: strings,
    functionsMissing: strings,
    assignableRoles: z.array(whole),
    authPlugins: strings,
    languages: strings,
    themes: strings,
    profileFields: strings,
    showUserIdentity: strings,
    passwordPolicy: z.enum(['none', 'standard', 'strict']),
    sameEmailAllowed: z.boolean(),
    threeByteDatabase: z.boolean(),
    extendedUsernames: z.boolean(),
    manualPlugin: z.boolean(),
    welcomeMessages: z.boolean(),
    deadlocks: z.boolean(),
    debug: z.boolean(),
    faults: z.array(fault),
  })
  .partial();

const courseChanges = {
  fullname: z.string(),
  shortname: z.string(),
  idnumber: z.string(),
  categoryid: whole,
  visible: z.boolean(),
  manual: z.boolean(),
  contact: z.boolean(),
  startdate: whole,
  enddate: whole,
};

/** Either so many courses, or these. */
export const coursesInput = z.union([
  z.strictObject({ count: z.int().positive() }),
  z.strictObject({
    courses: z.array(
      z
        .strictObject({ id: z.int().positive(), ...courseChanges })
        .partial()
        .required({ shortname: true }),
    ),
  }),
]);

export const courseInput = z.strictObject(courseChanges).partial();

const userText = {
  username: z.string().min(1),
  firstname: z.string(),
  lastname: z.string(),
  email: z.string(),
  auth: z.string(),
  idnumber: z.string(),
  suspended: z.boolean(),
  lang: z.string(),
  city: z.string(),
  institution: z.string(),
  department: z.string(),
  middlename: z.string(),
};

/** Accounts made by hand, by SQL or by another plugin: nothing is checked. */
export const usersInput = z.strictObject({
  users: z.array(
    z
      .strictObject({ id: z.int().positive(), ...userText })
      .partial()
      .required({ username: true, firstname: true, lastname: true, email: true }),
  ),
});

export const userInput = z
  .strictObject({ ...userText, deleted: z.literal(true), poison: z.enum(['username', 'auth', 'name']) })
  .partial();

/** Enrolments made by hand. */
export const enrolmentsInput = z.strictObject({
  enrolments: z.array(
    z.strictObject({
      courseid: z.int().positive(),
      userid: z.int().positive(),
      roleid: z.int().positive(),
      timestart: whole.default(0),
      timeend: whole.default(0),
      suspended: z.boolean().default(false),
      plugin: z.string().default('manual'),
    }),
  ),
});

export const awayInput = z.strictObject({ forMs: z.int().positive().max(3_600_000) });

export const resetInput = z.strictObject({ switches: z.boolean().default(false) });
