import { bool, int, list, optional, structure, text } from '../../protocol/parameters.js';
import type { User } from '../../store/users.js';

/** Fields that creating and updating an account share. */
export const sharedUserFields = {
  idnumber: optional(text('raw')),
  lang: optional(text('lang')),
  calendartype: optional(text('plugin')),
  theme: optional(text('theme')),
  timezone: optional(text('timezone')),
  mailformat: optional(int),
  maildisplay: optional(int),
  description: optional(text('raw')),
  city: optional(text('noTags')),
  country: optional(text('alpha')),
  firstnamephonetic: optional(text('noTags')),
  lastnamephonetic: optional(text('noTags')),
  middlename: optional(text('noTags')),
  alternatename: optional(text('noTags')),
  interests: optional(text('text')),
  institution: optional(text('text')),
  department: optional(text('text')),
  phone1: optional(text('noTags')),
  phone2: optional(text('noTags')),
  address: optional(text('text')),
  customfields: optional(list(structure({ type: text('alphanumExt'), value: text('raw') }))),
  preferences: optional(list(structure({ type: text('raw'), value: text('raw') }))),
};

export const newUserFields = {
  ...sharedUserFields,
  username: text('username'),
  password: optional(text('raw')),
  createpassword: optional(bool),
  firstname: text('noTags'),
  lastname: text('noTags'),
  email: text('rawTrimmed'),
  auth: optional(text('auth')),
};

export const changedUserFields = {
  ...sharedUserFields,
  id: int,
  username: optional(text('username')),
  auth: optional(text('auth')),
  suspended: optional(bool),
  password: optional(text('raw')),
  firstname: optional(text('noTags')),
  lastname: optional(text('noTags')),
  email: optional(text('rawTrimmed')),
  userpicture: optional(int),
};

type Pairs = readonly { type: string; value: string }[];

/** Unknown profile fields are passed over without a word. */
export const knownCustomFields = (pairs: Pairs, known: readonly string[]): Record<string, string> =>
  Object.fromEntries(pairs.filter((pair) => known.includes(pair.type)).map((pair) => [pair.type, pair.value]));

export const preferencesOf = (pairs: Pairs): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.type, pair.value]));

/** An unknown country becomes the site's default, which is the junk value 0 where none is set. */
export const countryOf = (given: string): string =>
  given === '' || (/^[A-Z]{2}$/.test(given) && !unassigned.has(given)) ? given : '0';
const unassigned = new Set(['ZZ', 'XX', 'AA']);

/** Plugins that keep passwords in Moodle. */
export const internalAuth = new Set(['manual', 'email', 'db', 'nologin', 'none', 'webservice']);

export type UserChanges = Partial<Omit<User, 'id'>>;
