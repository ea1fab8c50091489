import fc from 'fast-check';
import type { NewAccount } from '../types.js';
import { faultIn, isEmail } from './validate.js';

const good: NewAccount = {
  username: 's000123',
  firstname: 'Иван',
  lastname: 'Петров-Водкин',
  email: 's000123@students.invalid',
  idnumber: '000123',
  auth: 'manual',
  password: 'Aa1!aaaa',
};
const causeOf = (change: Partial<NewAccount>): string | undefined => faultIn({ ...good, ...change })?.cause;

test.each<[string, Partial<NewAccount>, string | undefined]>([
  ['a good one', {}, undefined],
  ['100 Cyrillic characters fit', { firstname: 'ы'.repeat(100) }, undefined],
  ['100 characters outside the basic plane fit', { firstname: '𐐀'.repeat(100) }, undefined],
  ['a comparison is no tag', { department: 'a < b' }, undefined],
  ['101 characters', { firstname: 'ы'.repeat(101) }, 'firstname-too-long'],
  ['blank name', { lastname: ' \t' }, 'lastname-empty'],
  ['a name that shows nothing', { lastname: '\u3164\u2800\u200b' }, 'lastname-empty'],
  ['empty name', { firstname: '' }, 'firstname-empty'],
  ['tag', { lastname: 'Пет<b>ров' }, 'lastname-illegal'],
  ['control character', { firstname: 'Иван\u0007' }, 'firstname-illegal'],
  ['half a character', { firstname: 'Иван\ud800' }, 'firstname-illegal'],
  ['upper case', { username: 'Ivanov' }, 'username-invalid'],
  ['Cyrillic username', { username: 'иванов' }, 'username-invalid'],
  ['blank in username', { username: 'i vanov' }, 'username-invalid'],
  ['empty username', { username: '' }, 'username-empty'],
  ['long patronymic', { middlename: 'x'.repeat(256) }, 'middlename-too-long'],
  ['long phone', { phone1: '1'.repeat(21) }, 'phone1-too-long'],
  ['long email', { email: `${'a'.repeat(60)}@${'b'.repeat(40)}.ru` }, 'email-too-long'],
  ['no email', { email: '' }, 'email-empty'],
  ['localhost', { email: 'a@localhost' }, 'email-invalid'],
  ['Cyrillic domain', { email: 'a@почта.рф' }, 'email-invalid'],
  ['country', { country: 'Россия' }, 'country-invalid'],
  ['a country of two letters', { country: 'RU' }, undefined],
  ['no country', { country: '' }, undefined],
  ['a country of three letters', { country: 'RUS' }, 'country-invalid'],
  ['a country of one letter', { country: 'R' }, 'country-invalid'],
  ['small letters', { country: 'ru' }, 'country-invalid'],
  ['signs that only an email may have', { email: 'a+b@c.ru' }, undefined],
  ['a control character in a username is named as the username', { username: 'a\u0007' }, 'username-invalid'],
  ['a tag in an email is named as the email', { email: 'a<b@c.ru' }, 'email-invalid'],
  ['half a character in an email', { email: '\ud800@c.ru' }, 'email-invalid'],
])('%s', (_, change, cause) => {
  expect(causeOf(change)).toBe(cause);
});

test.each([
  ['64 characters before the sign', 64, true],
  ['65', 65, false],
])('%s', (_, length, good) => expect(isEmail(`${'a'.repeat(length)}@b.ru`)).toBe(good));

test.each([
  ['63 characters of a label', 63, true],
  ['64', 64, false],
])('%s', (_, length, good) => expect(isEmail(`a@${'b'.repeat(length)}.ru`)).toBe(good));

test('an account has a username and names even where they are left out', () => {
  const { username: _, ...nameless } = good;
  expect(faultIn(nameless as NewAccount)?.cause).toBe('username-empty');
  expect(faultIn({ ...good, email: undefined } as unknown as NewAccount)?.cause).toBe('email-empty');
});

test('a change is judged by what it holds alone', () => {
  expect(faultIn({ id: 5, department: 'М3О-101Б-22' })).toBeUndefined();
  expect(faultIn({ id: 5, firstname: '' })?.cause).toBe('firstname-empty');
  expect(faultIn({ id: 5, username: 'Ivanov' })?.cause).toBe('username-invalid');
  expect(faultIn({ id: 5, username: 'ivanov' })).toBeUndefined();
  expect(faultIn({ id: 5, email: 'nobody' })?.cause).toBe('email-invalid');
});

test('ordinary addresses pass', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9]{1,20}([._+-][a-z0-9]{1,10}){0,2}$/),
      fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,5})?\.(ru|edu|com|invalid)$/),
      (local, domain) => expect(isEmail(`${local}@${domain}`)).toBe(true),
    ),
  );
});

test.each([
  '',
  'a',
  '@b.ru',
  'a@',
  'a@b',
  'a@b..ru',
  'a..b@c.ru',
  '.a@b.ru',
  'a@-b.ru',
  'a b@c.ru',
  'a@b@c.ru',
  'a@b-.ru',
  'a@b_.ru',
])('not an address: %s', (text) => expect(isEmail(text)).toBe(false));

test('both languages, and nothing of the value itself', () => {
  const failure = faultIn({ ...good, email: 'secret@localhost' });
  expect(failure).toMatchObject({
    kind: 'student',
    reason: { ru: expect.stringMatching(/адрес/), en: expect.any(String) },
  });
  expect(JSON.stringify(failure)).not.toContain('secret');
});
