import { latin } from './latin.js';
import { fill, names, type Placeholder, type Template, type TemplateValues } from '../template/template.js';

/** Column `user.username`. */
export const usernameLength = 100;
/** RFC 5321, to which Moodle holds an address: the part before the @; and column `user.email`. */
const [localLength, emailLength] = [64, 100];

/** Stands where a placeholder gave nothing, until the separators beside it are gone. */
const nothing = '\0';

/** What a placeholder gives to a username or an address: spaces are dots, signs of another meaning are left out. */
function written(value: string, leftOut: RegExp): string {
  const made = latin(value).toLowerCase().replace(/\s+/g, '.').replace(leftOut, '');
  return /[a-z0-9]/.test(made) ? made : nothing;
}

/** An empty part takes the separators before it along; of those on both sides one run stays, none at an end. */
const withoutGaps = (text: string): string =>
  text
    .replace(/[._-]*(?:\0[._-]*)+/g, (gap, index: number) => {
      const [before, after] = [text[index - 1], text[index + gap.length]];
      const atEnd = before === undefined || after === undefined || before === '@' || after === '@';
      return atEnd ? '' : (/[._-]+/.exec(gap)?.[0] ?? '');
    })
    .replace(/\.{2,}/g, '.');

const notInNames = /[^a-z0-9._-]/g;
/** Logins and addresses of the source's own: the @ in them is theirs. */
const addresses: ReadonlySet<Placeholder> = new Set(['userid', 'email', 'username']);
const notInAddresses = /[^a-z0-9._@+-]/g;
const leftOutOf = (placeholder: Placeholder): RegExp => (addresses.has(placeholder) ? notInAddresses : notInNames);
const trimmed = (text: string): string => text.replace(/^[._@-]+|[._@-]+$/g, '');

/**
 * The username that a template makes of a student, in Moodle's default alphabet (a-z, 0-9, `-._@`) and length.
 * Empty when nothing usable is left.
 */
export function usernameFor(template: Template, values: TemplateValues): string {
  const made = withoutGaps(
    fill(template, values, (value, placeholder) => written(value, leftOutOf(placeholder))).toLowerCase(),
  );
  const clean = trimmed(
    made
      .replace(/\s+/g, '.')
      .replace(/[^a-z0-9._@-]/g, '')
      .replace(/\.{2,}/g, '.'),
  );
  return trimmed(clean.slice(0, usernameLength));
}

/**
 * A username made from the code, or from a login or address that the source keeps, is the student's alone: held by
 * another, it is a fault to be shown. One made only from names may be shared by namesakes, who are told apart by a number.
 */
export const isMadeFromCode = (template: Template): boolean => names(template, 'code', 'individual', 'userid', 'email');

/** `ivanov.i`, `ivanov.i2`, `ivanov.i3`, ... cut so that the number still fits. */
export function numbered(base: string, number: number): string {
  const suffix = number === 1 ? '' : String(number);
  return base.slice(0, usernameLength - suffix.length) + suffix;
}

/** Cut to a length; the number at its end, which tells namesakes apart, stays. */
function cut(name: string, length: number): string {
  if (name.length <= length) return name;
  if (length < 1) return name.slice(0, 1);
  const number = /\d{0,12}$/.exec(name)![0].slice(-length);
  return name.slice(0, Math.max(length - number.length, 0)).replace(/[._-]+$/, '') + number;
}

/**
 * The address that the template makes of a student. What comes from the student is written in Latin letters; what
 * stands in the template itself stays as it is. Too long before the @, the username in it is cut, then the rest.
 * Empty when nothing usable is left before the @.
 */
export function emailFor(template: Template, values: TemplateValues & { username: string }): string {
  const made = (username: string): { local: string; domain: string } => {
    const text = fill(template, { ...values, username }, (value, placeholder) =>
      written(value, leftOutOf(placeholder)),
    );
    const [local, domain] = halves(withoutGaps(text.toLowerCase()));
    return { local: withoutEndDots(local), domain: withoutEndDots(domain) };
  };
  const whole = made(values.username);
  const most = Math.max(Math.min(localLength, emailLength - 1 - whole.domain.length), 1);
  const over = whole.local.length - most;
  const isName = !values.username.includes('@');
  const { local, domain } = over > 0 && isName ? made(cut(values.username, values.username.length - over)) : whole;
  return local === '' ? '' : `${cut(local, most)}@${domain}`;
}

const withoutEndDots = (text: string): string => text.replace(/^\.+|\.+$/g, '');

const halves = (address: string): [string, string] => {
  const index = address.lastIndexOf('@');
  return index < 0 ? ['', address] : [address.slice(0, index), address.slice(index + 1)];
};
