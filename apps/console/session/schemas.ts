import { z } from 'zod';
import { complaint } from '#http-api';
import { bilingual, moment, reason } from '../http/schemas.js';
import { grantSchema } from '../permissions/access.js';
import { permissions } from '../permissions/matrix.js';

/** As they are typed; kept in small letters. */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    (login) => /^[\p{L}\d][\p{L}\d._@-]{0,63}$/u.test(login),
    complaint(
      'От 1 до 64 букв, цифр и знаков . _ @ -, сначала буква или цифра',
      '1 to 64 letters, digits and . _ @ -, a letter or a digit first',
    ),
  );

/** Long beats odd: no rules about signs. */
export const newPasswordSchema = z
  .string()
  .max(200)
  .refine((text) => [...text].length >= 12, complaint('Не короче 12 знаков', 'At least 12 characters'));

const personName = z.string().trim().min(1).max(100).describe('Surname and initials.');
const grants = z.array(grantSchema).min(1).max(20);
const token = z.string().min(1).max(100);

export const signInSchema = z
  .object({ login: z.string().trim().toLowerCase().min(1).max(64), password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });

export const signedInSchema = z
  .object({
    login: z.string(),
    name: z.string(),
    grants: z.array(grantSchema),
    openId: z.boolean().describe('Known by the identity provider: there is no password here to be changed.'),
    permissions: z
      .array(z.enum(permissions))
      .describe('Permitted for some system at least: what the pages offer goes by it.'),
  })
  .meta({ id: 'SignedIn' });
export const sessionSchema = z
  .object({
    user: signedInSchema.nullable(),
    openId: bilingual
      .nullable()
      .describe('What stands on the button that leads to `/api/openid/start?to=<page>`; null: there is none.'),
    zone: z.string().describe("The university's zone (IANA): times are shown in it."),
  })
  .meta({ id: 'Session' });

const leadsTo = z
  .string()
  .nullable()
  .describe("The identity provider's page that the browser goes on to, to be signed out there, too.");
export const signedOutSchema = z.object({ to: leadsTo }).meta({ id: 'SignedOut' });
export const signedOutEverywhereSchema = z.object({ number: z.int(), to: leadsTo }).meta({ id: 'SignedOutEverywhere' });

export const invitationSchema = z.object({ token }).meta({ id: 'InvitationToken' });
export const invitedSchema = z
  .object({
    login: z.string().nullable().describe('Null: the link is for the first administrator, who chooses one.'),
    name: z.string().nullable(),
  })
  .meta({ id: 'Invited' });
export const acceptSchema = z
  .object({
    token,
    password: newPasswordSchema,
    login: loginSchema.optional().describe("Of the first administrator's link alone."),
    name: personName.optional().describe("Of the first administrator's link alone."),
  })
  .meta({ id: 'AcceptInvitation' });

export const changePasswordSchema = z
  .object({ present: z.string().min(1).max(200), password: newPasswordSchema })
  .meta({ id: 'ChangePassword' });

export const userSchema = z
  .object({
    login: z.string(),
    name: z.string(),
    grants: z.array(grantSchema),
    disabled: z.boolean(),
    hasPassword: z.boolean().describe('False: the one-time link has not been used yet, or there is none.'),
    openId: z.boolean().describe('Comes by the identity provider, which says name and roles at every sign-in.'),
    createdAt: moment,
    signedInAt: moment.nullable(),
  })
  .meta({ id: 'User' });
export const usersSchema = z.object({ users: z.array(userSchema) }).meta({ id: 'Users' });

export const newUserSchema = z.object({ login: loginSchema, name: personName, grants, reason }).meta({ id: 'NewUser' });
export const userChangeSchema = z
  .object({ name: personName.optional(), grants: grants.optional(), disabled: z.boolean().optional(), reason })
  .meta({ id: 'UserChange' });
export const whySchema = z.object({ reason }).meta({ id: 'Why' });

export const linkSchema = z
  .object({
    link: z.string().describe('Shown once: `<address>/welcome#<token>`. Whoever opens it sets the password.'),
    expiresAt: moment,
  })
  .meta({ id: 'OneTimeLink' });
