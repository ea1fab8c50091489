import fc from 'fast-check';
import { anyName, russianName, student } from '../../testing/students.js';
import { readTemplate, TemplateError, fill, valuesOf } from '../template/template.js';
import { emailFor, isMadeFromCode, numbered, usernameFor } from './username.js';

const made = (template: string, person: object, study: object = {}) =>
  usernameFor(readTemplate(template), valuesOf(student('000000042', 1, { person, study })));

describe('a template', () => {
  it('knows its placeholders, and says which ones there are when it meets another', () => {
    expect(() => readTemplate('{surname}')).toThrow(TemplateError);
    expect(() => readTemplate('{surname}')).toThrow(/\{surname\}.*\{lastname\}/);
    expect(() => readTemplate('{lastname')).toThrow(TemplateError);
    expect(() => readTemplate('{lastname:0}')).toThrow(TemplateError);
    expect(() => readTemplate('{lastname:1x}')).toThrow(TemplateError);
    expect(readTemplate('{lastname:12}').parts).toEqual([{ placeholder: 'lastname', letters: 12 }]);
    expect(() => readTemplate('{username}')).toThrow(TemplateError);
    expect(readTemplate('{username}', ['username']).parts).toHaveLength(1);
  });

  it('has a value for each placeholder, empty where 1C says nothing', () => {
    const given = { individual: 'H1', userid: 'u', email: 'e@u.ru', city: 'Pécs' };
    const { person, study } = student('42', 1, { person: given });
    expect(valuesOf({ person, study })).toEqual({
      ...{ code: '42', kind: 'student', lastname: 'Иванов42', firstname: 'Пётр', middlename: 'Сергеевич' },
      ...{ group: 'ИВТ-21', semester: '3', year: '2024', field: '09.03.01', profile: 'САПР', mode: 'очная' },
      ...{ site: 'Главный', curriculum: '000000123', ...given },
    });
    const bare = valuesOf({ person: student('42', 1).person });
    expect(
      Object.entries(bare)
        .filter(([, value]) => value === '')
        .map(([name]) => name),
    ).toEqual([
      ...['individual', 'group', 'semester', 'year', 'field', 'profile', 'mode', 'site', 'curriculum'],
      ...['userid', 'email', 'city'],
    ]);
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
    ['{lastname}.{firstname:1}.{middlename:1}', { lastname: 'Иванов', firstname: 'Пётр', middlename: '' }, 'ivanov.p'],
    ['{firstname:1}-{middlename:1}_{lastname}', { lastname: 'Иванов', firstname: 'Пётр', middlename: '' }, 'p-ivanov'],
    ['{middlename:1}.{lastname}@uni', { lastname: 'Иванов мл.', middlename: '' }, 'ivanov.ml.@uni'],
    ['{lastname}.{firstname:1}', { lastname: 'И.', firstname: '\u00adЯн' }, 'i.ya'],
    ['{lastname}.{firstname}', { lastname: 'Әхмәт', firstname: 'Ө@+"л' }, 'ahmat.ol'],
    ['{code}', { code: 'АБ--12' }, 'ab--12'],
    ['{userid}', { userid: 'X.Y_Moodle' }, 'x.y_moodle'],
    ['{email}', { email: 'Anna+x@Uni.hu' }, 'annax@uni.hu'],
    ['{userid}', {}, ''],
    ['{lastname}. {firstname}', { lastname: 'Ли', firstname: 'Ян' }, 'li.yan'],
    ['__{lastname}--', { lastname: 'Ли' }, 'li'],
    ['x{middlename}y', { middlename: '' }, 'xy'],
    ['a--{middlename}b', { middlename: '' }, 'a--b'],
    ['{lastname}-{middlename}@uni', { lastname: 'Ли', middlename: '' }, 'li@uni'],
    ['{lastname}', { lastname: 'и'.repeat(150) }, 'i'.repeat(100)],
    ['{lastname}.x', { lastname: 'и'.repeat(99) }, 'i'.repeat(99)],
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

  it('is one person’s own only where the template names the code or a login', () => {
    expect(isMadeFromCode(readTemplate('{lastname}.{code:3}'))).toBe(true);
    expect(isMadeFromCode(readTemplate('{individual}'))).toBe(true);
    expect(isMadeFromCode(readTemplate('{userid}'))).toBe(true);
    expect(isMadeFromCode(readTemplate('{email}'))).toBe(true);
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
    expect(numbered('a'.repeat(100), 12)).toBe(`${'a'.repeat(98)}12`);
  });
});

/** Narrower than what Moodle takes: 64 characters before the @, single dots within. */
const isEmail = (text: string): boolean =>
  /^(?=[^@]{1,64}@)[a-z0-9_-]+(\.[a-z0-9_-]+)*@([a-z0-9-]+\.)+[a-z]+$/.test(text);

describe('an address', () => {
  const addressOf = (template: string, person: object, username = 'u42') =>
    emailFor(readTemplate(template, ['username']), { ...valuesOf(student('42', 1, { person })), username });

  it.each([
    ['{username}@students.invalid', {}, 'u42@students.invalid'],
    ['{lastname}.{firstname}@Uni.RU', { lastname: 'Ёлкин', firstname: 'Яша' }, 'yolkin.yasha@uni.ru'],
    ['{lastname}.{firstname:1}.{middlename:1}@u.ru', { lastname: 'Ли', firstname: 'Ян', middlename: '' }, 'li.ya@u.ru'],
    ['{middlename:1}.{lastname}_{firstname:1}@u.ru', { lastname: 'И.', firstname: '', middlename: '' }, 'i@u.ru'],
    ['{lastname}.{firstname:1}@u.ru', { lastname: 'Иванов мл.', firstname: 'Ян' }, 'ivanov.ml.ya@u.ru'],
    ['{lastname}@{middlename}.u.ru', { lastname: "О'Ни+л@", middlename: '' }, 'onil@u.ru'],
    ['{firstname}.{middlename}@u.ru', { firstname: '😀', middlename: '-' }, ''],
    ['{email}', { email: 'Anna+x@Uni.hu' }, 'anna+x@uni.hu'],
    ['{userid}@u.ru', { userid: 'XYmoodle' }, 'xymoodle@u.ru'],
    ['{email}', {}, ''],
    ['{email}', { email: 'nobody' }, ''],
    ['{lastname}.{middlename}-{firstname}@u.ru', { lastname: '', middlename: '', firstname: 'Ян' }, 'yan@u.ru'],
    ['{middlename}-{lastname}@u.ru', { lastname: 'Ли', middlename: '' }, 'li@u.ru'],
    ['{lastname}_{middlename}@u.ru', { lastname: 'Ли', middlename: '' }, 'li@u.ru'],
    ['{lastname}@{middlename}-u.ru', { lastname: 'Ли', middlename: '' }, 'li@u.ru'],
    ['{lastname}@u-{middlename}', { lastname: 'Ли', middlename: '' }, 'li@u'],
    ['{lastname}-{middlename}_{firstname}@u.ru', { lastname: 'Ли', middlename: '', firstname: 'Ян' }, 'li-yan@u.ru'],
  ])('%s of %o is %s', (template, person, address) => {
    expect(addressOf(template, person)).toBe(address);
  });

  it('keeps an address that is the username', () => {
    expect(addressOf('{username}', {}, 'p.ivanov@uni.ru')).toBe('p.ivanov@uni.ru');
  });

  it('is cut to what Moodle takes, and the number that tells namesakes apart stays', () => {
    for (const template of [
      '{username}@students.invalid',
      'st.{username}.x@a-very-long-name-of-a-faculty.university.ru',
    ])
      for (const base of ['shch'.repeat(25), 'a.b-'.repeat(25)]) {
        const addresses = [1, 2, 10, 11].map((number) => addressOf(template, {}, numbered(base, number)));
        expect(new Set(addresses).size).toBe(4);
        expect(addresses.filter((address) => !isEmail(address) || address.length > 100)).toEqual([]);
      }
  });

  it.each([
    [`a.${'b'.repeat(70)}7`, `a.${'b'.repeat(61)}7`],
    [`${'a'.repeat(61)}--${'b'.repeat(20)}7`, `${'a'.repeat(61)}7`],
    [`${'a'.repeat(61)}-12`, `${'a'.repeat(61)}-12`],
    ['a'.repeat(70), 'a'.repeat(64)],
  ])('is cut where the username %s is too long: %s', (username, local) => {
    expect(addressOf('{username}@u.ru', {}, username)).toBe(`${local}@u.ru`);
  });

  it('that is the username is cut before the @', () => {
    expect(addressOf('{username}', {}, `${'a'.repeat(70)}@uni.ru`)).toBe(`${'a'.repeat(64)}@uni.ru`);
  });

  it('is one that Moodle takes, or none, whatever the name', () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (lastname, firstname, middlename) => {
        const username = made('{lastname}.{firstname}.{middlename}', { lastname, firstname, middlename });
        for (const template of [
          '{lastname}.{firstname:1}.{middlename:1}@uni.ru',
          '{firstname}-{lastname}_{middlename}@uni.ru',
        ]) {
          const address = addressOf(template, { lastname, firstname, middlename });
          expect(address === '' || isEmail(address)).toBe(true);
        }
        if (username !== '') expect(isEmail(addressOf('{username}@uni.ru', {}, username))).toBe(!/@/.test(username));
      }),
    );
  });
});
