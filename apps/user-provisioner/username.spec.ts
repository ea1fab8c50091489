import fc from 'fast-check';
import { anyName, russianName, student } from './testing/students.js';
import { readTemplate, TemplateError, fill, valuesOf } from './template.js';
import { emailFor, isMadeFromCode, numbered, usernameFor } from './username.js';

const made = (template: string, person: object, study: object = {}) =>
  usernameFor(readTemplate(template), valuesOf(student('000000042', 1, { person, study })));

describe('a template', () => {
  it('knows its placeholders, and says which ones there are when it meets another', () => {
    expect(() => readTemplate('{surname}')).toThrow(TemplateError);
    expect(() => readTemplate('{surname}')).toThrow(/\{surname\}.*\{lastname\}/);
    expect(() => readTemplate('{lastname')).toThrow(TemplateError);
    expect(() => readTemplate('{lastname:0}')).toThrow(TemplateError);
    expect(() => readTemplate('{username}')).toThrow(TemplateError);
    expect(readTemplate('{username}', ['username']).parts).toHaveLength(1);
  });

  it('counts letters in the value as 1C has it', () => {
    const values = valuesOf(student('1', 1, { person: { lastname: 'Щукина', firstname: 'Юлия' } }));
    expect(fill(readTemplate('{lastname:2}-{firstname:1}!'), values)).toBe('Щу-Ю!');
    expect(fill(readTemplate('{individual}{study}'.replace('{study}', '{group}')), { ...values, group: '' })).toBe('');
  });
});

describe('a username', () => {
  it.each([
    ['{code}', { code: '000000042' }, '000000042'],
    ['{code}', { code: 'АБ-000123' }, 'ab-000123'],
    ['{lastname}.{firstname:1}', { lastname: 'Щербаков', firstname: 'Юрий' }, 'shcherbakov.yu'],
    ['{lastname}.{firstname:1}{middlename:1}', { lastname: "О'Коннор", firstname: 'Ян', middlename: '' }, 'okonnor.ya'],
    ['{lastname}', { lastname: 'Объедков-Подъячев' }, 'obedkov-podyachev'],
    ['{lastname}.{firstname}', { lastname: 'Ван  дер Берг', firstname: 'Ян' }, 'van.der.berg.yan'],
    ['{lastname}', { lastname: '！？' }, ''],
    ['s{group}', {}, 'sivt-21'],
  ])('%s of %o is %s', (template, person, username) => {
    expect(made(template, person)).toBe(username);
  });

  it('keeps to Moodle’s alphabet and length, whatever the name', () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (lastname, firstname, middlename) => {
        const username = made('{lastname}.{firstname}.{middlename}', { lastname, firstname, middlename });
        expect(username).toMatch(/^[a-z0-9._@-]{0,100}$/);
        expect(username).toBe(username.trim().toLowerCase());
      }),
    );
  });

  it('is never empty for a Russian name', () => {
    fc.assert(
      fc.property(russianName, (lastname) => {
        fc.pre(/[^ъьЪЬ]/.test(lastname));
        expect(made('{lastname}', { lastname })).not.toBe('');
      }),
    );
  });

  it('is made from the code only where the template names it', () => {
    expect(isMadeFromCode(readTemplate('{lastname}.{code:3}'))).toBe(true);
    expect(isMadeFromCode(readTemplate('{individual}'))).toBe(true);
    expect(isMadeFromCode(readTemplate('{lastname}.{group}'))).toBe(false);
  });

  it('is numbered so that it still fits, and no two numbers make the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,120}$/), fc.integer({ min: 2, max: 5000 }), (base, number) => {
        const username = numbered(base.slice(0, 100), number);
        expect(username).toMatch(new RegExp(`^${base.slice(0, 100 - String(number).length)}${number}$`));
        expect(username.length).toBeLessThanOrEqual(100);
      }),
    );
    expect(numbered('ivanov', 1)).toBe('ivanov');
  });
});

describe('an address', () => {
  it('is in Latin letters where it comes from the student, and as written elsewhere', () => {
    const values = {
      ...valuesOf(student('42', 1, { person: { lastname: 'Ёлкин', firstname: 'Яша' } })),
      username: 'u42',
    };
    expect(emailFor(readTemplate('{username}@students.invalid', ['username']), values)).toBe('u42@students.invalid');
    expect(emailFor(readTemplate('{lastname}.{firstname}@Uni.RU'), values)).toBe('yolkin.yasha@uni.ru');
  });
});
