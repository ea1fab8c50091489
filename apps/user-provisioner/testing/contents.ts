import type { MoodleUser } from '#moodle';
import { accountContent, type AccountContent } from '../rules/account-content.js';
import { accountSettings } from '../rules/settings.js';
import { student } from './students.js';

/** The usual ones of a system, but for what is given. */
export const settings = (accounts: object = {}, id = 'lms', inFile = false) =>
  accountSettings({
    id,
    ...(inFile && { imsFile: { url: 'https://lms', file: '/out.xml', roles: {}, zone: 'Europe/Moscow' } }),
    accounts: {
      per: 'student',
      auth: 'manual',
      username: '{code}',
      email: '{username}@students.invalid',
      missingNames: {},
      fields: {},
      password: 'random',
      adopt: 'none',
      ...accounts,
    },
  });
export const contentOf = (made: ReturnType<typeof accountContent>): AccountContent => {
  if ('failure' in made) throw new Error(made.failure.cause);
  return made.content;
};
export const content = (person: object = {}, accounts: object = {}): AccountContent =>
  contentOf(accountContent(settings(accounts), '42', student('42', 1, { person }), 'u42'));

/** An account as Moodle shows it when the content stands in it. */
export const showing = (wanted: AccountContent, more: Partial<MoodleUser> = {}): MoodleUser => ({
  id: 7,
  username: 'u42',
  fullname: '',
  auth: 'manual',
  lang: 'ru',
  suspended: false,
  deleted: false,
  department: '',
  institution: '',
  city: '',
  country: '',
  phone1: '',
  phone2: '',
  address: '',
  profile: Object.fromEntries(Object.entries(wanted.profile).filter(([, value]) => value !== '')),
  idnumber: wanted.idnumber,
  email: wanted.email,
  ...wanted.shown,
  ...more,
});
