import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { readSecret } from '../../files/secret.js';
import { configurationFolder } from '../../testing/configuration-file.js';
import { exampleText } from './example.js';
import { loadConfiguration } from '../load.js';
import { purpose } from './purpose.js';
import { shape, type Key } from '../shape.js';

const checkout = join(import.meta.dirname, '../../../..');
const text = exampleText();
/** `#key` is switched off, `# word` is a comment. */
const switchedOn = text.replace(/^( *)#(?=[^ #\n])/gm, '$1');
const folders: { remove(): void }[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

/** Loads it as a service does, beside the files of secrets that it names. */
function load(content: string, environment: Record<string, string>) {
  const made = configurationFolder(content);
  folders.push(made);
  const configuration = loadConfiguration(made.file, environment);
  const secrets = [
    ...configuration.systems.flatMap(({ synchronizer, moodle }) => [
      ...(synchronizer ? [synchronizer.passwordFile] : []),
      ...(moodle ? [moodle.tokenFile] : []),
    ]),
    ...(configuration.onecComponent?.accounts.map(({ passwordFile }) => passwordFile) ?? []),
  ];
  for (const file of secrets) {
    expect(dirname(file)).toBe(join(made.folder, 'secrets'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'a secret\n');
    expect(readSecret(file)).toBe('a secret');
  }
  // two folders hold the same example: what is compared are the settings
  return JSON.parse(JSON.stringify(configuration).replaceAll(made.folder, '')) as ReturnType<typeof loadConfiguration>;
}
const addresses = { DATABASE_URL: 'postgres://itk@db/itk', AMQP_URL: 'amqp://itk@mq' };

test('config/itk.example.yaml is what the guide says now: else npm run configuration-guide', () => {
  expect(readFileSync(join(checkout, 'config/itk.example.yaml'), 'utf8')).toBe(text);
});

test('it is loaded as it stands, and decides only what everybody decides', () => {
  const { systems, onecComponent, ...rest } = load(text, addresses);
  expect(systems).toMatchObject([{ id: 'lms', enrolment: { removal: 'keep' }, accounts: { adopt: 'none' } }]);
  expect(onecComponent).toBeUndefined();
  expect(rest).toMatchObject({ database: { url: addresses.DATABASE_URL }, console: { journalDays: 90 } });
});

/** Every key switched on, but for sections of a system that another one excludes. */
function without(...sections: string[]): string {
  const document = parseDocument(switchedOn);
  for (const section of sections) document.deleteIn(['systems', 0, ...section.split('.')]);
  return document.toString();
}

const imsByDefault = {
  ...{ content: 'delta', roles: { '01': 'student' }, zone: 'Europe/Moscow' },
  ...{ removalShare: 10, quietFor: 'PT10S', keepFor: 'P90D' },
};

test('it is loaded with every key switched on; what is shown of defaults is what holds without them', () => {
  const plain = load(text, addresses);
  const whole = load(without('imsFile'), {});
  expect(whole.database.url).toMatch(/^postgres:/);
  expect(whole.onecComponent).toMatchObject({ reofferOnChange: true, accounts: [{ roles: ['ELSAdministrator'] }] });
  const [before, after] = [plain.systems[0]!, whole.systems[0]!];
  // these have no default that would show how they are written
  const { lang, missingNames, fields } = after.accounts;
  expect(Object.values({ ...missingNames, ...fields, lang })).toEqual(['-', '-', '{group}', 'ru']);
  expect(after).toEqual({
    ...before,
    ims: { folder: '/srv/ims/lms', ...imsByDefault },
    enrolment: { ...before.enrolment, newCourseCategory: 2 },
    synchronizer: { ...before.synchronizer, rename: after.synchronizer!.rename },
    accounts: { ...before.accounts, lang, missingNames, fields },
  });
});

test('every key stands in it, with what it is for in both languages', () => {
  const withAllBelow = (key: Key): Key[] => [key, ...key.below.flatMap(withAllBelow)];
  const lines = switchedOn.split('\n').map((line) => line.trim());
  for (const { path, name } of shape().flatMap(withAllBelow)) {
    if (name === '[]' || name === '*') continue;
    const { ru, en } = purpose[path]!;
    const places = lines.flatMap((line, place) => (/^(?:- )?(\w+):/.exec(line)?.[1] === name ? [place] : []));
    const told = places.some(
      (place) => lines[place - 2]?.startsWith(`# ${ru}`) && lines[place - 1]?.startsWith(`# ${en}`),
    );
    expect({ path, told }).toEqual({ path, told: true });
  }
});

test('the section of a Moodle without web services stands in the place of the other', () => {
  const [system] = load(without('moodle', 'ims', 'enrolment.newCourseCategory'), {}).systems;
  expect(system!.moodle).toBeUndefined();
  expect(system!.imsFile).toEqual({
    ...{ url: 'https://lms.example.edu', file: '/srv/moodledata/1/imsenterprise-enrol.xml' },
    ...{ coursesFile: '/lms-courses.csv', roles: { student: '01' }, target: 'moodle', zone: 'Europe/Moscow' },
  });
});
