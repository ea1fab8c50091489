import fc from 'fast-check';
import { makeEvent, type Failure } from '#contracts';
import type { MoodleUser } from '#moodle';
import { accountContent, contentHash, hiddenHash, type AccountContent } from './account-content.js';
import { arrange, type Change } from './arrangement.js';
import { differences } from './differences.js';
import { changeDue, missingDue } from './due.js';
import { accountSource } from './lead-study.js';
import { personKey } from './person-key.js';
import { wrongSettings as settingsIn, type Refusal } from '#moodle';
import { refusedAlike } from './failures.js';
import { accountSettings } from './settings.js';
import { anyName, student } from './testing/students.js';
import { holding, ownAccount } from './whose-account.js';
import { baseOf } from './work.js';

const settings = (accounts: object = {}) =>
  accountSettings({
    id: 'lms',
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
const contentOf = (made: ReturnType<typeof accountContent>): AccountContent => {
  if ('failure' in made) throw new Error(made.failure.cause);
  return made.content;
};
const content = (person: object = {}, accounts: object = {}): AccountContent =>
  contentOf(accountContent(settings(accounts), '42', student('42', 1, { person }), 'u42'));

/** An account as Moodle shows it when the content stands in it. */
const showing = (wanted: AccountContent, more: Partial<MoodleUser> = {}): MoodleUser => ({
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

describe('settings', () => {
  it('name every fault at once, with key and mend, in both languages', () => {
    const broken = () =>
      settings({ username: '{surname}', fields: { shoesize: '{code}', 'profile.group': '{grup}' }, password: 'none' });
    expect(broken).toThrow(/accounts\.username/);
    expect(broken).toThrow(/accounts\.fields\.shoesize/);
    expect(broken).toThrow(/accounts\.fields\.profile\.group/);
    expect(broken).toThrow(/accounts\.password/);
    expect(broken).toThrow(/плагину manual нужен пароль/);
  });
  it('make no password for a single sign-on plugin', () => {
    expect(settings({ auth: 'oauth2' }).password).toBe('none');
    expect(settings({ auth: 'oauth2', password: 'none' }).password).toBe('none');
    expect(settings({ auth: 'nologin' }).password).toBe('random');
  });
  it('put the patronymic into middlename, unless the configuration puts it elsewhere', () => {
    expect(content().hidden.fields).toEqual({ middlename: 'Сергеевич' });
    const elsewhere = content({}, { fields: { firstname: '{firstname} {middlename}' } });
    expect(elsewhere.hidden.fields).toEqual({});
    expect(elsewhere.shown.firstname).toBe('Пётр Сергеевич');
  });
});

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

describe('differences', () => {
  const mapped = { fields: { department: '{group}', 'profile.code': '{code}' } };

  it('are none where the content stands', () => {
    const wanted = content({}, mapped);
    const written = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
    expect(differences(wanted, showing(wanted), written)).toBeUndefined();
  });

  it('name exactly the fields that differ; once written, nothing differs any more', () => {
    const text = fc.constantFrom('', 'А', 'Б', 'В');
    fc.assert(
      fc.property(text, text, text, text, text, (lastname, department, profile, email, hidden) => {
        const wanted = content({}, mapped);
        const found = showing(wanted, {
          lastname,
          department,
          profile: profile ? { code: profile } : {},
          email: email && `${email}@x.invalid`,
        });
        const written = { email: wanted.email, ...(hidden && { hiddenHash: hidden }) };
        const change = differences(wanted, found, written)!;
        expect(change).toEqual({
          id: 7,
          lastname: wanted.shown.lastname,
          department: wanted.shown.department,
          profile: wanted.profile,
          ...(email === '' && { email: wanted.email }),
          middlename: 'Сергеевич',
        });
        const { id: _id, middlename: _hidden, profile: profileChange, ...shown } = change;
        const after: MoodleUser = { ...found, ...shown, profile: { ...found.profile, ...profileChange } } as MoodleUser;
        const afterwards = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
        expect(differences(wanted, after, afterwards)).toBeUndefined();
      }),
    );
  });

  it('leave an address that the person changed, until the template makes another one', () => {
    const wanted = content();
    const written = { email: wanted.email, hiddenHash: hiddenHash(wanted.hidden) };
    const changed = showing(wanted, { email: 'Me@example.org' });
    expect(differences(wanted, changed, written)).toBeUndefined();
    expect(differences(wanted, changed, { ...written, email: 'old@students.invalid' })).toEqual({
      id: 7,
      email: wanted.email,
    });
  });

  it('do not clear, in an account that is taken over, what cannot be read', () => {
    const wanted = content({ middlename: '' });
    expect(differences(wanted, showing(wanted), {})).toBeUndefined();
    expect(differences(wanted, showing(wanted), { hiddenHash: 'of another' })).toEqual({ id: 7, middlename: '' });
  });
});

describe('whose account', () => {
  const account = (id: number, idnumber: string, username = `u${id}`) => ({ id, idnumber, username }) as MoodleUser;
  it('is found by the key to the letter, then by the ledger, then by the username', () => {
    expect(ownAccount('A1', [account(1, 'a1')], {})).toBeUndefined();
    expect(ownAccount('a1', [account(1, 'a1')], {})).toMatchObject({ account: { id: 1 } });
    const twins = [account(5, 'a1'), account(4, 'a1')];
    expect(ownAccount('a1', twins, { id: 5 })).toMatchObject({ account: { id: 5 } });
    expect(ownAccount('a1', twins, { username: 'u4' })).toMatchObject({ account: { id: 4 } });
    expect(ownAccount('a1', twins, {})).toMatchObject({ failure: { cause: 'account-ambiguous', about: '4,5' } });
  });
  it('with another idnumber is never taken over', () => {
    const rules = { adopt: true, usernameFromCode: true };
    const holder = { idnumber: 'other', firstname: 'А', lastname: 'Б' };
    expect(holding(holder, { key: '1', firstname: 'А', lastname: 'Б' }, rules)).toBe('other');
    expect(holding({ ...holder, idnumber: '1' }, { key: '1', firstname: 'x', lastname: 'y' }, rules)).toBe('own');
  });
});

describe('the revision rule', () => {
  it('is: below seen superseded, equal to applied again, else work', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.option(fc.nat(9), { nil: undefined }), (revision, seen, applied) => {
        const due = changeDue(revision, { seen, ...(applied !== undefined && { applied }) });
        expect(due).toBe(revision < seen ? 'superseded' : revision === seen && revision === applied ? 'again' : 'work');
      }),
    );
    expect(changeDue(0, undefined)).toBe('work');
  });
  it('has a vanished account looked up once for each revision', () => {
    expect(missingDue(50, { seen: 3 })).toBe('lookUp');
    expect(missingDue(50, { seen: 3, lookedUp: { revision: 2, at: 60 } })).toBe('lookUp');
    expect(missingDue(50, { seen: 3, lookedUp: { revision: 3, at: 60 } })).toBe('again');
    // Said in the very millisecond of the look-up: that look-up answers it.
    expect(missingDue(60, { seen: 3, lookedUp: { revision: 3, at: 60 } })).toBe('again');
    expect(missingDue(61, { seen: 3, lookedUp: { revision: 3, at: 60 } })).toBe('exhausted');
    expect(missingDue(70, { seen: 3, lookedUp: { revision: 3, at: 60 } })).toBe('exhausted');
  });
});

describe('the arrangement of a batch', () => {
  const change = (code: string, revision: number) =>
    makeEvent('itk.student.changed.v1', student(code, revision), { service: 'onec-poller' }) as Change;
  it('keeps one message for each student, the newest, and covers all others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), { maxLength: 20 }), (given) => {
        const { students, covered } = arrange(given.map(([code, revision]) => change(code, revision)));
        const kept = students.map((each) => each.change!.at);
        expect([...kept, ...covered].sort((a, b) => a - b)).toEqual(given.map((_, at) => at));
        for (const each of students) {
          const newest = Math.max(...given.filter(([code]) => code === each.code).map(([, revision]) => revision));
          expect(given[each.change!.at]).toEqual([each.code, newest]);
        }
      }),
    );
  });
});

describe('one human with two studies', () => {
  it('is shown as the latest begun active study, under the name last read, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(99), fc.constantFrom('active' as const, 'withdrawn' as const)), {
          selector: ([code]) => code,
        }),
        fc.func(fc.integer()),
        (given, shuffle) => {
          const studies = given.map(([code, revision, state]) =>
            student(`00${code}`, revision, {
              state,
              person: { lastname: `N${revision}` },
              study: { group: `g${code}` },
            }),
          );
          const source = accountSource(studies);
          const shuffled = [...studies].sort((a, b) => shuffle(a.person.code) - shuffle(b.person.code));
          expect(accountSource(shuffled)).toEqual(source);
          const active = given.filter(([, , state]) => state === 'active');
          if (active.length === 0) return expect(source).toBeUndefined();
          expect(source!.study!.group).toBe(`g${Math.max(...active.map(([code]) => code))}`);
          expect(source!.person.lastname).toBe(`N${Math.max(...active.map(([, revision]) => revision))}`);
        },
      ),
    );
  });
  it('fails by contract where the human is not named', () => {
    const { person } = student('1', 1);
    expect(personKey('student', person)).toEqual({ key: '1' });
    expect(personKey('individual', person)).toMatchObject({ failure: { kind: 'contract' } });
    expect(personKey('individual', { ...person, individual: 'H1' })).toEqual({ key: 'H1' });
  });
});

const wrongSettings = (refusals: readonly Refusal[], through: number) => settingsIn(refusals, through, refusedAlike);

describe('refusals alike', () => {
  const refused: Failure = {
    kind: 'unexplained',
    cause: 'refused',
    about: 'invalidparameter',
    reason: { ru: 'р', en: 'e' },
  };
  const times = (count: number, failedBefore = false) =>
    Array.from({ length: count }, () => ({ failure: refused, failedBefore }));
  it('are a wrong setting from five on, when none failed before and none went through', () => {
    expect(wrongSettings(times(4), 0).size).toBe(0);
    expect(wrongSettings(times(5), 0).get('refused invalidparameter')).toMatchObject({ kind: 'configuration' });
    expect(wrongSettings(times(5), 1).size).toBe(0);
    expect(wrongSettings([...times(4), ...times(9, true)], 0).size).toBe(0);
  });
  it('for which a cause was found are not', () => {
    const taken: Failure = { ...refused, kind: 'student', cause: 'email-taken' };
    expect(
      wrongSettings(
        Array.from({ length: 9 }, () => ({ failure: taken, failedBefore: false })),
        0,
      ).size,
    ).toBe(0);
  });
});
