import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const texts = (language: string): string[] => {
  const folder = `apps/web/src/texts/${language}`;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/: '([^']+)'/g)].map(([, text]) => text!),
    );
};

const buttonsOf = (language: string): Set<string> =>
  new Set(texts(language).map((text) => text.replace('{{count}}', 'N')));
const boldIn = (text: string): string[] => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!);

it.each([
  ['ru', 'docs/operators.ru.md'],
  ['en', 'docs/operators.md'],
])('what the guide in %s calls a button or a section is called so on the pages', (language, document) => {
  const called = buttonsOf(language);
  const named = boldIn(readFileSync(document, 'utf8'));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !called.has(name.replace(/ 1…/, ' N…')))).toEqual([]);
});

it('so is what a runbook calls', () => {
  const pages = readdirSync('docs/runbooks').map((name) => readFileSync(`docs/runbooks/${name}`, 'utf8'));
  const halves = pages.map((page) => page.split('## In English'));
  for (const [half, language] of ['ru', 'en'].entries()) {
    const named = halves.flatMap((page) => boldIn(page[half]!));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !buttonsOf(language).has(name))).toEqual([]);
  }
});
