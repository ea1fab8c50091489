import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { loopback, secretFile, url } from '../values.js';
import { roles } from './roles.js';

/** Name of a claim; a dot leads into it: `realm_access.roles`. */
const claim = z.string().min(1).max(200);

const caption = z.string().min(1).max(60);

/** Sign-in by the university's identity provider (OpenID Connect). */
export const openIdSchema = z.strictObject({
  issuer: url.refine((address) => {
    const { protocol, hostname, search, hash } = new URL(address);
    return (protocol === 'https:' || loopback.test(hostname)) && `${search}${hash}` === '';
  }, 'must be https://; http:// only on this machine'),
  clientId: z.string().min(1),
  /** Absent: a public client, which PKCE alone protects. */
  clientSecretFile: secretFile.optional(),
  /** What stands on the button. */
  button: z
    .strictObject({
      ru: caption.default('Войти через вход университета'),
      en: caption.default("Sign in by the university's account"),
    })
    .prefault({}),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))
    .refine((scopes) => scopes.includes('openid'), 'must hold openid')
    .default(['openid', 'profile']),
  claims: z
    .strictObject({
      login: claim.default('preferred_username'),
      surname: claim.default('family_name'),
      firstname: claim.default('given_name'),
      middlename: claim.default('middle_name'),
      /** A list of words, or one. */
      roles: claim.default('groups'),
    })
    .prefault({}),
  /** Who has the value among the claim's has the role. */
  roles: z
    .array(
      z.strictObject({
        value: z.string().min(1).max(500),
        role: z.enum(roles),
        systems: z.array(systemIdSchema).min(1).max(100).optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type OpenIdConfiguration = z.infer<typeof openIdSchema>;
