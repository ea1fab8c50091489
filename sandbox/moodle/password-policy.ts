import type { PasswordPolicy } from './switches/switches.js';

interface Rules {
  readonly length: number;
  readonly each: number;
}

const policies: Readonly<Record<PasswordPolicy, Rules | null>> = {
  none: null,
  standard: { length: 8, each: 1 },
  strict: { length: 16, each: 3 },
};

/** What Moodle finds wanting, in its own HTML; undefined: nothing. */
export function passwordFaults(password: string, policy: PasswordPolicy): string | undefined {
  const rules = policies[policy];
  if (!rules) return undefined;
  const found: string[] = [];
  const has = (kind: RegExp) => (password.match(kind) ?? []).length >= rules.each;
  if ([...password].length < rules.length) found.push(`Passwords must be at least ${rules.length} characters long.`);
  if (!has(/\p{Nd}/gu)) found.push(`Passwords must have at least ${rules.each} digit(s).`);
  if (!has(/\p{Ll}/gu)) found.push(`Passwords must have at least ${rules.each} lower case letter(s).`);
  if (!has(/\p{Lu}/gu)) found.push(`Passwords must have at least ${rules.each} upper case letter(s).`);
  if (!has(/[^\p{Nd}\p{Ll}\p{Lu}]/gu)) {
    found.push(`The password must have at least ${rules.each} special character(s) such as *, -, or #.`);
  }
  return found.length === 0 ? undefined : found.map((line) => `<div>${line}</div>`).join('');
}
