/** What cleaning needs to know of the site. */
export interface CleaningRules {
  readonly authPlugins: readonly string[];
  readonly languages: readonly string[];
  readonly themes: readonly string[];
  readonly extendedUsernames: boolean;
}

/** Moodle's PARAM_* kinds that the offered functions use. */
export type ParamKind =
  | 'raw'
  | 'rawTrimmed'
  | 'noTags'
  | 'text'
  | 'alpha'
  | 'alphaExt'
  | 'alphanum'
  | 'alphanumExt'
  | 'plugin'
  | 'auth'
  | 'lang'
  | 'theme'
  | 'timezone'
  | 'username'
  | 'email';

const loneSurrogate = /[\uD800-\uDFFF]/u;
const timezone = /^(([+-]?(0?[0-9](\.[5|0])?|1[0-3](\.0)?|1[0-2]\.5))|(99)|[A-Za-z0-9]+(\/?[A-Za-z_-])+)$/;

/** The value as Moodle would store it; a difference from what was given is a refusal. */
export function clean(kind: ParamKind, given: string, rules: CleaningRules): string {
  const value = fixUtf8(given);
  switch (kind) {
    case 'raw':
      return value;
    case 'rawTrimmed':
      return trim(value);
    case 'noTags':
    case 'text':
      return stripTags(value);
    case 'alpha':
      return value.replace(/[^a-zA-Z]/g, '');
    case 'alphaExt':
      return value.replace(/[^a-zA-Z_-]/g, '');
    case 'alphanum':
      return value.replace(/[^A-Za-z0-9]/g, '');
    case 'alphanumExt':
      return value.replace(/[^A-Za-z0-9_-]/g, '');
    case 'plugin':
      return /^[a-z](?:[a-z0-9_](?!__))*[a-z0-9]+$/.test(value) ? value : '';
    case 'auth':
      return rules.authPlugins.includes(value) ? value : '';
    case 'lang':
      return rules.languages.includes(value) ? value : '';
    case 'theme':
      return rules.themes.includes(value) ? value : '';
    case 'timezone':
      return timezone.test(value) ? value : '';
    case 'username':
      return cleanUsername(value, rules.extendedUsernames);
    case 'email':
      return isEmail(value) ? value : '';
  }
}

export function cleanUsername(value: string, extended: boolean): string {
  const lower = trim(value).toLowerCase();
  return extended ? lower : lower.replace(/[^-.@_a-z0-9]/g, '');
}

/** PHP's trim: spaces and control characters only, no-break spaces stay. */
export const trim = (value: string): string => value.replace(/^[ \t\n\r\0\x0B]+|[ \t\n\r\0\x0B]+$/g, '');

/**
 * PHP's strip_tags, state by state: `<` followed by a blank is text, an open `<x` swallows the rest, tags within tags
 * are counted, `>` in quotes ends nothing.
 */
export function stripTags(value: string): string {
  if (!value.includes('<')) return value;
  let state: 'text' | 'tag' | 'php' | 'declaration' | 'comment' = 'text';
  let [kept, quote] = ['', ''];
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    const letter = value[at]!;
    const before = value[at - 1];
    const opens = letter === '<' && !/[ \t\n\v\f\r]/.test(value[at + 1] ?? '');
    if (state === 'text') {
      if (opens) state = 'tag';
      else kept += letter;
    } else if (state === 'comment') {
      if (letter === '>' && value.slice(0, at).endsWith('--')) state = 'text';
    } else if (letter === '>' && depth > 0) {
      depth--;
    } else if (letter === '>') {
      if (quote === '' && (state !== 'php' || before === '?')) state = 'text';
    } else if (letter === '"' || letter === "'") {
      if (quote === '') quote = letter;
      else if (quote === letter) quote = '';
    } else if (state === 'tag') {
      if (opens && quote === '') depth++;
      else if (before === '<' && letter === '!') state = 'declaration';
      else if (before === '<' && letter === '?') state = 'php';
    } else if (state === 'declaration' && letter === '-' && value.slice(0, at).endsWith('!-')) state = 'comment';
  }
  return kept;
}

/** The host needs a dot and ASCII letters, as Moodle's validate_email wants it. */
export const isEmail = (value: string): boolean =>
  value.length <= 320 &&
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/.test(
    value,
  ) &&
  !/^\.|\.\.|\.@/.test(value);

function fixUtf8(value: string): string {
  const noNulls = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return loneSurrogate.test(noNulls) ? noNulls.replace(/[\uD800-\uDFFF]/gu, '') : noNulls;
}
