import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { documentText } from './document.js';
import { guide } from './guide.js';
import { purpose } from './purpose.js';
import { shape, type Key } from '../shape.js';
import { variables } from '../variables.js';

const checkout = join(import.meta.dirname, '../../../..');
const text = documentText();
const withAllBelow = (key: Key): Key[] => [key, ...key.below.flatMap(withAllBelow)];
const keys = shape().flatMap(withAllBelow);
/** The cells of a key's row, as they are read. */
const cellsOf = (name: string): string[] => {
  const rows = text.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));
  expect(rows).toHaveLength(1);
  return rows[0]!
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('&lt;', '<'));
};

test('docs/configuration.md is what the guide says now: else npm run configuration-guide', () => {
  expect(readFileSync(join(checkout, 'docs/configuration.md'), 'utf8')).toBe(text);
});

test('every key has its purpose, and no purpose is without its key', () => {
  expect(Object.keys(purpose).sort()).toEqual(Object.keys(guide).sort());
});

test.each(
  keys.filter(({ path }) => !['systems[]', 'onecComponent.accounts[]', 'console.openid.roles[]'].includes(path)),
)('$path: purpose and what is written there stand in the document, in both languages', ({ path }) => {
  const [, , ru, en] = cellsOf(path);
  for (const part of [guide[path]!.ru, purpose[path]!.ru]) expect(ru).toContain(part);
  for (const part of [guide[path]!.en, purpose[path]!.en]) expect(en).toContain(part);
});

test.each([
  ['systems[].window', '`1000`'],
  ['systems[].moodle.roles', '`{ student: 5 }`'],
  ['systems[].accounts.username', "`'{code}'`"],
  ['systems[].accounts.lang', '—'],
  ['systems[].enrolment', '—'],
  ['onecComponent.accounts[].roles', '`[ELSAdministrator]`'],
  ['onecComponent.zone', '**обязателен / required**'],
])('%s, where it is absent: %s', (path, shown) => expect(cellsOf(path)[1]).toBe(shown));

test('words and ranges of the guide are those of the schema', () => {
  const bounded = keys.filter(({ least, most, words }) => least !== undefined || most !== undefined || words);
  expect(bounded.length).toBeGreaterThan(10);
  for (const { path, least, most, words = [] } of bounded) {
    // Moodle's ids: whole and above zero, which a person need not be told
    const limits = path === 'systems[].moodle.roles.*' ? [] : [least, most].filter((limit) => limit !== undefined);
    for (const part of [...words, ...limits])
      for (const told of [guide[path]!.ru, guide[path]!.en])
        expect(`${path}: ${told}`).toMatch(new RegExp(`\\b${part}\\b`));
  }
});

test('a link leads to a heading or a document that is there', () => {
  for (const [, anchor] of text.matchAll(/\]\(#([^)]*)\)/g)) expect(text).toContain(`<a id="${anchor}"></a>`);
  for (const [, file] of text.matchAll(/\]\(([^#)][^)]*)\)/g))
    expect(() => readFileSync(join(checkout, 'docs', file!))).not.toThrow();
});

test('every variable that services and the command line read is told', () => {
  const sources = globSync(['apps/**/*.ts', 'libs/**/*.ts'], {
    cwd: checkout,
    ignore: ['**/*.{spec,proof}.ts', '**/testing/**'],
  });
  const read = sources.flatMap((file) =>
    [...readFileSync(join(checkout, file), 'utf8').matchAll(/\b(?:process\.env|environment)\.([A-Z][A-Z_]+)/g)].map(
      ([, name]) => name!,
    ),
  );
  const ofTheSession = /^(LANG|LC_.*)$/;
  expect(read.length).toBeGreaterThan(5);
  expect([...new Set(read)].filter((name) => !ofTheSession.test(name) && !(name in variables))).toEqual([]);
  for (const [name, { ru, en }] of Object.entries(variables)) expect(cellsOf(name)).toEqual([`\`${name}\``, ru, en]);
});
