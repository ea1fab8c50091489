import { createHash } from 'node:crypto';
import { tidyText, type Failure, type StudentChanged } from '#contracts';
import { plainText } from '#moodle';
import {
  cutAt,
  hiddenFields,
  mappableFields,
  type HiddenField,
  type MappableField,
  type ShownField,
} from './account-fields.js';
import { emailEmpty, nameMissing } from './failures.js';
import { valuesWith } from './template/missing-names.js';
import type { AccountSettings } from './settings.js';
import { fill } from './template/template.js';
import { emailFor } from './username/username.js';

/** What an account is to show. Username, auth, language and password are set once, at its making, and are not in it. */
export interface AccountContent {
  idnumber: string;
  email: string;
  shown: Partial<Record<ShownField, string>> & { firstname: string; lastname: string };
  profile: Record<string, string>;
  hidden: Hidden;
}

/** What Moodle takes but never shows. */
export interface Hidden {
  fields: Partial<Record<HiddenField, string>>;
  preferences: Record<string, string>;
}

export function accountContent(
  settings: AccountSettings,
  key: string,
  source: StudentChanged,
  username: string,
): { content: AccountContent } | { failure: Failure } {
  const values = { ...valuesWith(settings.missingNames, source), username };
  const shown: Partial<Record<ShownField, string>> = {};
  const hidden: Hidden = { fields: {}, preferences: {} };
  for (const field of mappableFields) {
    const template = settings.fields[field];
    if (template === undefined) continue;
    const filled = tidyText(fill(template, values));
    // A name with markup in it is the dean's office's to mend; what only decorates is cleaned as Moodle would.
    const value = names.has(field) ? cut(filled, field) : plain(filled, field);
    if (isHidden(field)) hidden.fields[field] = value;
    else shown[field] = value;
  }
  // Who comes with a city gets it; who comes without one keeps what they wrote themselves.
  if (settings.fields.city === undefined && values.city !== '') shown.city = plain(values.city, 'city');
  const { firstname, lastname } = shown;
  if (!lastname) return { failure: nameMissing('lastname') };
  if (!firstname) return { failure: nameMissing('firstname') };
  const email = emailFor(settings.email, values);
  if (email === '') return { failure: emailEmpty };
  const filled = (templates: AccountSettings['profile']): Record<string, string> =>
    Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, tidyText(fill(template, values))]));
  hidden.preferences = filled(settings.preferences);
  return {
    content: {
      idnumber: key,
      email,
      shown: { ...shown, firstname, lastname },
      profile: filled(settings.profile),
      hidden,
    },
  };
}

const cut = (text: string, field: MappableField): string => [...text].slice(0, cutAt[field]).join('');
const plain = (text: string, field: MappableField): string => cut(plainText(tidyText(text)).trim(), field);

const names: ReadonlySet<MappableField> = new Set(['firstname', 'lastname', 'middlename'] as const);
const isHidden = (field: string): field is HiddenField => (hiddenFields as readonly string[]).includes(field);

/** Equal for equal content, whatever the order of its fields. Changes with every rule that makes another content. */
export const contentHash = (content: AccountContent): string => hash(content);
export const hiddenHash = (hidden: Hidden): string => hash(hidden);

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, sorted(inner)])
    : value;
