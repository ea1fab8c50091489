import fc from 'fast-check';
import { accountContent, contentHash, hiddenHash, type AccountContent } from './account-content.js';
import { baseOf } from '../account/account-steps.js';
import { settings, contentOf, content } from '../testing/contents.js';
import { anyName, student } from '../testing/students.js';

describe('the content of an account', () => {
  it('holds mapped fields, profile fields and preferences', () => {
    const made = content(
      {},
      {
        fields: {
          department: '{group}',
          'profile.studycode': '{code}/{semester}',
          'preference.x_y': '{kind}',
          country: 'RU',
        },
      },
    );
    expect(made.shown).toEqual({ firstname: 'Пётр', lastname: 'Иванов42', department: 'ИВТ-21', country: 'RU' });
    expect(made.profile).toEqual({ studycode: '42/3' });
    expect(made.hidden.preferences).toEqual({ x_y: 'student' });
  });
  it('shows the city that comes with a person, and leaves alone that of who comes without one', () => {
    expect(content({ city: ' Pécs <1>' }).shown.city).toBe('Pécs');
    expect(content().shown).not.toHaveProperty('city');
    expect(content({ city: 'Pécs' }, { fields: { city: '{site}' } }).shown.city).toBe('Главный');
    expect(content({ email: 'X@Pte.hu' }, { email: '{email}' }).email).toBe('x@pte.hu');
  });
  it('cuts decoration to Moodle’s column, and never holds what Moodle’s cleaning would change', () => {
    const made = content(
      { lastname: '  Иванов\t\u00a0Пётр\u200b ' },
      { fields: { phone1: '{group}{group}{group}{group}{group}' } },
    );
    expect(made.shown.lastname).toBe('Иванов Пётр');
    expect(made.shown.phone1).toHaveLength(20);
  });
  it('is refused without a first or a last name', () => {
    for (const person of [{ lastname: ' ' }, { firstname: '' }])
      expect(accountContent(settings(), '1', student('1', 1, { person }), 'u')).toMatchObject({
        failure: { kind: 'student' },
      });
  });
  it.each(['', ' ', '\u3164', '\u2800\u00a0', '\ufeff\u00ad\u200b'])('takes the name %j for missing', (name) => {
    for (const [which, other] of [
      ['lastname', 'firstname'],
      ['firstname', 'lastname'],
    ] as const) {
      const person = { [which]: name, [other]: 'Сукарно', middlename: '' };
      const made = accountContent(settings(), '1', student('1', 1, { person }), 'u');
      expect(made).toMatchObject({
        failure: { cause: `${which}-empty`, cure: { ru: expect.stringMatching(/missingNames/) } },
      });
      expect(content(person, { missingNames: { [which]: `{${other}}` } }).shown).toMatchObject({
        firstname: 'Сукарно',
        lastname: 'Сукарно',
      });
      expect(content(person, { missingNames: { firstname: '-', lastname: '-' } }).shown).toMatchObject({
        [which]: '-',
        [other]: 'Сукарно',
      });
    }
    const nobody = student('1', 1, { person: { lastname: name, firstname: name, middlename: 'Ивановна' } });
    const made = accountContent(settings({ missingNames: { firstname: '-', lastname: '-' } }), '1', nobody, 'u');
    expect(made).toMatchObject({ failure: { cause: 'lastname-empty' } });
  });
  it('lets the stand-in of a missing name into username and address, and leaves out one that is no letter', () => {
    const accounts = (firstname: string) => ({
      ...{ username: '{firstname}.{lastname}', email: '{lastname}.{firstname:1}@uni.ru' },
      missingNames: { firstname },
    });
    const person = { lastname: 'Сукарно', firstname: '', middlename: '' };
    for (const [standIn, username, email] of [
      ['{lastname}', 'sukarno.sukarno', 'sukarno.s@uni.ru'],
      ['-', 'sukarno', 'sukarno@uni.ru'],
    ] as const) {
      expect(baseOf(student('42', 1, { person }), settings(accounts(standIn)))).toBe(username);
      expect(content(person, accounts(standIn)).email).toBe(email);
    }
  });
  it.each([
    ['missingNames.lastname', { missingNames: { lastname: '{lastname}' } }],
    ['missingNames.firstname', { missingNames: { firstname: '{surname}' } }],
    ['email', { email: '{lastname}.{firstname}' }],
  ])('a setting that cannot serve is named: %s', (key, accounts) => {
    expect(() => settings(accounts)).toThrow(`accounts.${key}`);
  });
  it('without a letter for the address is refused, and the template is named', () => {
    const person = { lastname: '😀', firstname: '★' };
    const made = accountContent(
      settings({ email: '{lastname}.{firstname}@uni.ru' }),
      '1',
      student('1', 1, { person }),
      'u',
    );
    expect(made).toMatchObject({
      failure: { cause: 'email-empty', cure: { en: expect.stringMatching(/accounts\.email/) } },
    });
  });
  it('has a hash that changes with the content, and only with it', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const one = content({ lastname: `x${a}` });
        const other = content({ lastname: `x${b}` });
        expect(contentHash(one) === contentHash(other)).toBe(one.shown.lastname === other.shown.lastname);
        const turned = JSON.parse(JSON.stringify({ ...one, idnumber: undefined })) as AccountContent;
        expect(contentHash({ ...turned, idnumber: one.idnumber })).toBe(contentHash(one));
      }),
    );
  });
});

it('what decorates an account is cleaned as Moodle would; a name with markup is left to be named as a fault', () => {
  const group = 'Группа <1>/2';
  const given = student('42', 1, { person: { lastname: 'Иванов<b>' }, study: { group } });
  const mapped = settings({ fields: { department: '{group}', alternatename: '{group}' } });
  const one = contentOf(accountContent(mapped, '42', given, 'u42'));
  expect(one.shown).toMatchObject({ department: 'Группа /2', lastname: 'Иванов<b>' });
  expect(one.hidden.fields).toMatchObject({ alternatename: 'Группа /2' });
});

describe('the hash of a content', () => {
  const hidden = { fields: { middlename: 'Б' }, preferences: { a: '1', b: '2' } };
  it('knows no order of fields and no field that is not there', () => {
    const turned = { preferences: { b: '2', a: '1' }, fields: { middlename: 'Б' } };
    expect(hiddenHash(turned)).toBe(hiddenHash(hidden));
    expect(hiddenHash({ ...hidden, fields: { middlename: 'Б', alternatename: undefined } } as never)).toBe(
      hiddenHash(hidden),
    );
    expect(hiddenHash({ ...hidden, preferences: { a: '2', b: '1' } })).not.toBe(hiddenHash(hidden));
  });
  it('stays from version to version: another one would write every account anew', () => {
    expect(hiddenHash(hidden)).toBe('OlQ5Uz1MzSUbyYllZnlGWR06rrIT6BK6kwli74aHBgc');
  });
});
