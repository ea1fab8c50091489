import type { FormRecord } from '../transport/form.js';
import type { AccountChange, NewAccount } from '../types.js';

const pairs = (record: Record<string, string> | undefined): FormRecord[] | undefined =>
  record && Object.keys(record).length > 0
    ? Object.entries(record).map(([type, value]) => ({ type, value }))
    : undefined;

/** An account as the form sends it: custom fields and preferences as pairs, an empty language left to the site. */
export function accountForm({ profile, preferences, lang, ...plain }: NewAccount | AccountChange): FormRecord {
  return { ...plain, lang: lang || undefined, customfields: pairs(profile), preferences: pairs(preferences) };
}
