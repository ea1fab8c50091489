import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leastConfiguration } from '../testing/configuration-file.js';
import { addresses, but, complaints, folderWith, load, removeFolders } from '../testing/loading.js';
import { loadConfiguration } from './load.js';

afterEach(removeFolders);

test('what the file leaves open is filled in; secrets are found beside the file', () => {
  const { folder, file } = folderWith(leastConfiguration);
  const configuration = loadConfiguration(file, addresses);
  expect(configuration).toMatchObject({
    database: { url: addresses.DATABASE_URL },
    broker: { url: addresses.AMQP_URL },
    systems: [
      {
        id: 'lms',
        synchronizer: { passwordFile: join(folder, 'secrets/1c'), setErrorCronflag: 'auto' },
        moodle: { url: 'https://lms.example.edu', tokenFile: '/run/secrets/token', concurrency: 2, maxInputVars: 1000 },
        accounts: { per: 'student', username: '{code}' },
        enrolment: { removal: 'keep', role: 'student' },
        period: 'P1M',
        window: 1000,
      },
    ],
  });
  const accounts = [{ user: 'itk', passwordFile: 'one' }];
  const component = { mirror: { url: 'http://localhost:1/' }, zone: 'Europe/Moscow', accounts };
  const whole = load(but((_system, tree) => (tree.onecComponent = component)));
  expect(whole.onecComponent!.accounts[0]!.passwordFile).toMatch(/^\/.*\/one$/);
  expect(loadConfiguration(undefined, { ...addresses, ITK_CONFIG: file })).toEqual(configuration);
});

test('addresses: the variable, then the file it names, then the configuration', () => {
  const { folder, file } = folderWith(
    `${leastConfiguration}database: { url: postgres://written/here }\nbroker: { url: amqp://written }`,
  );
  const secret = join(folder, 'address');
  writeFileSync(secret, '\n postgres://from/file \n');
  const database = (environment: Record<string, string>): string => loadConfiguration(file, environment).database.url;
  expect(database({})).toBe('postgres://written/here');
  expect(database({ DATABASE_URL: '' })).toBe('postgres://written/here');
  expect(database({ DATABASE_URL_FILE: secret })).toBe('postgres://from/file');
  expect(database({ DATABASE_URL_FILE: secret, DATABASE_URL: 'postgres://direct/x' })).toBe('postgres://direct/x');
  expect(loadConfiguration(file, { AMQP_URL: 'amqps://direct' }).broker.url).toBe('amqps://direct');
});

/** Bad file, then for each problem: key, what is wrong and the mend, in Russian and in English. */
const bad: [string, string, [string, RegExp, RegExp, RegExp, RegExp][]][] = [
  [
    'a misspelt key: one problem, not two',
    but((system) => {
      system.moodle.tokenfile = system.moodle.tokenFile;
      delete system.moodle.tokenFile;
    }),
    [
      [
        'systems[0].moodle.tokenfile',
        /такого ключа нет/,
        /no such key/,
        /«tokenFile»: переименуйте/,
        /"tokenFile" is meant: rename/,
      ],
    ],
  ],
  [
    'another misspelt key',
    but((system) => (system.enrolment = { grupping: 'cohort' })),
    [['systems[0].enrolment.grupping', /такого ключа нет/, /no such key/, /«grouping»/, /"grouping"/]],
  ],
  [
    'a key that resembles none',
    but((system) => (system.enrolment = { frobnicate: 1 })),
    [
      [
        'systems[0].enrolment.frobnicate',
        /такого ключа нет/,
        /no such key/,
        /удалите его; здесь бывают: role, removal, grouping, newCourseCategory, editRoles$/,
        /remove it; known here: role, removal, grouping, newCourseCategory, editRoles$/,
      ],
    ],
  ],
  [
    'a key of the file as a whole',
    but((_system, whole) => (whole.system = [])),
    [['system', /такого ключа нет/, /no such key/, /«systems»/, /"systems"/]],
  ],
  [
    'a missing key',
    but((system) => delete system.synchronizer.user),
    [['systems[0].synchronizer.user', /не задан/, /not given/, /имя пользователя 1С/, /the 1C user's name/]],
  ],
  [
    'a missing section',
    but((system) => delete system.moodle),
    [['systems[0].moodle', /не задан/, /not given/, /раздел/, /a section/]],
  ],
  [
    'a key without a value',
    but((system) => (system.els = null)),
    [['systems[0].els', /нет значения/, /has no value/, /справочнике/, /directory/]],
  ],
  [
    'a number where text is due',
    but((system) => (system.els = 7)),
    [
      [
        'systems[0].els',
        /нужен текст, а YAML понял число/,
        /took it as a number/,
        /в кавычки; .*справочник/,
        /in quotes; .*directory/,
      ],
    ],
  ],
  [
    'no such zone',
    but((system) => (system.synchronizer.zone = 'Moscow')),
    [
      [
        'systems[0].synchronizer.zone',
        /«Moscow» не подходит/,
        /«Moscow» will not do/,
        /Europe\/Moscow/,
        /Europe\/Moscow/,
      ],
    ],
  ],
  [
    'not an address',
    but((system) => (system.moodle.url = 'lms.example.edu')),
    [['systems[0].moodle.url', /«lms.example.edu»/, /«lms.example.edu»/, /https:\/\/lms/, /https:\/\/lms/]],
  ],
  [
    'not a duration',
    but((system) => (system.period = '1 month')),
    [['systems[0].period', /«1 month»/, /«1 month»/, /P1M/, /P1M/]],
  ],
  [
    'a duration of nothing',
    but((system) => (system.pollInterval = 'PT0S')),
    [['systems[0].pollInterval', /«PT0S»/, /«PT0S»/, /больше нуля/, /above zero/]],
  ],
  [
    'out of range',
    but((system) => (system.moodle.concurrency = 40)),
    [['systems[0].moodle.concurrency', /«40»/, /«40»/, /от 1 до 16/, /from 1 to 16/]],
  ],
  [
    'not a whole number',
    but((system) => (system.window = 1.5)),
    [['systems[0].window', /«1.5»/, /«1.5»/, /целое число от 1 до 5000/, /a whole number from 1 to 5000/]],
  ],
  [
    'not one of the words',
    but((system) => (system.enrolment = { removal: 'delete' })),
    [['systems[0].enrolment.removal', /«delete»/, /«delete»/, /keep, suspend/, /keep, suspend/]],
  ],
  [
    "YAML's yes",
    but((system) => (system.synchronizer.setErrorCronflag = true)),
    [['systems[0].synchronizer.setErrorCronflag', /«true»/, /«true»/, /auto, yes, no/, /auto, yes, no/]],
  ],
  [
    'a role nobody defined',
    but((system) => (system.enrolment = { role: 'teacher' })),
    [['systems[0].enrolment.role', /«teacher»/, /«teacher»/, /moodle\.roles/, /moodle\.roles/]],
  ],
  [
    'a role number in a table',
    but((system) => (system.moodle.roles = { student: 'five' })),
    [['systems[0].moodle.roles.student', /«five»/, /«five»/, /roleid=5/, /roleid=5/]],
  ],
  [
    'a pattern without a group',
    but((system) => (system.synchronizer.errorCodePattern = 'code \\S+')),
    [['systems[0].synchronizer.errorCodePattern', /не подходит/, /will not do/, /с группой/, /with a group/]],
  ],
  [
    'no regular expression',
    but((system) => (system.synchronizer.errorCodePattern = '(')),
    [['systems[0].synchronizer.errorCodePattern', /не подходит/, /will not do/, /с группой/, /with a group/]],
  ],
  [
    'an id that queues cannot bear',
    but((system) => (system.id = 'LMS main')),
    [['systems[0].id', /«LMS main»/, /«LMS main»/, /a-z, 0-9/, /a-z, 0-9/]],
  ],
  [
    'an id twice',
    but((system, whole) => whole.systems.push({ ...system })),
    [['systems', /повторяется: lms/, /twice: lms/, /свой id/, /an id of its own/]],
  ],
  [
    'no systems',
    'systems: []',
    [['systems', /не подходит|список/, /will not do|a list/, /хотя бы один/, /at least one/]],
  ],
  [
    'a section in place of a list',
    'systems: { id: lms }',
    [['systems', /раздел с ключами/, /a section of keys/, /список/, /a list/]],
  ],
  [
    'several problems are told at once',
    but((system, whole) => {
      system.window = 0;
      whole.onecComponent = { mirror: { url: 'x', refresh: 'PT1M' }, zone: 'Europe/Moscow' };
    }),
    [
      ['systems[0].window', /«0»/, /«0»/, /от 1/, /from 1/],
      ['onecComponent.mirror.url', /«x»/, /«x»/, /http:\/\//, /http:\/\//],
    ],
  ],
  ['an empty file', '', [['', /нет ключей/, /no keys/, /config\/itk\.example\.yaml/, /config\/itk\.example\.yaml/]]],
  [
    'not YAML',
    'systems:\n  - id: "lms\n    els: x\n',
    [['', /это не YAML: строка \d+, знак \d+/, /not YAML: line \d+, column \d+/, /отступы/, /indentation/]],
  ],
];

test.each(bad)('%s', (_what, text, expected) => {
  const error = complaints(text);
  expect(error.problems.map((problem) => problem.key)).toEqual(expected.map(([key]) => key));
  expected.forEach(([key, whatRu, whatEn, mendRu, mendEn], index) => {
    const { what, mend } = error.problems[index]!;
    expect(what.ru).toMatch(whatRu);
    expect(what.en).toMatch(whatEn);
    expect(mend.ru).toMatch(mendRu);
    expect(mend.en).toMatch(mendEn);
    for (const part of [key, what.ru, what.en, mend.ru, mend.en]) expect(error.message).toContain(part);
  });
});

test('no file: says which, and how to name another', () => {
  expect(() => loadConfiguration('/nowhere/itk.yaml', addresses)).toThrow(
    /\/nowhere\/itk\.yaml[^]*файла нет[^]*ITK_CONFIG[^]*no such file[^]*ITK_CONFIG/,
  );
});

test('no addresses: says which variables to set', () => {
  const { problems } = complaints(leastConfiguration, {});
  expect(problems.map(({ key, mend }) => [key, mend.en])).toEqual([
    ['database.url', 'set the variable DATABASE_URL or DATABASE_URL_FILE (or the key database.url)'],
    ['broker.url', 'set the variable AMQP_URL or AMQP_URL_FILE (or the key broker.url)'],
  ]);
});

test('a wrong address names the variable it came from, and never the password in it', () => {
  const error = complaints(leastConfiguration, { ...addresses, DATABASE_URL: 'mysql://u:geheim@db/itk' });
  expect(error.problems).toMatchObject([{ key: 'DATABASE_URL', mend: { ru: expect.stringContaining('postgres://') } }]);
  expect(error.message).not.toContain('geheim');
  const missing = complaints(leastConfiguration, { DATABASE_URL_FILE: '/nowhere/a', AMQP_URL: 'amqp://x' });
  expect(missing.problems).toMatchObject([
    { key: 'DATABASE_URL_FILE', what: { en: expect.stringContaining('/nowhere/a') } },
  ]);
});

test('a secret written in place of its file is not repeated in the message', () => {
  const error = complaints(
    but((system) => {
      system.moodle.tokenFile = 12345678;
      system.moodle.url = 'ftp://u:12345678@lms';
    }),
  );
  expect(error.problems).toHaveLength(2);
  expect(error.message).not.toContain('12345678');
});
