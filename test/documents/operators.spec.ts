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

it.each([
  ['ru', 'docs/operators.ru.md'],
  ['en', 'docs/operators.md'],
])('what the guide in %s calls a button or a section is called so on the pages', (language, document) => {
  const called = new Set(texts(language).map((text) => text.replace('{{count}}', 'N')));
  const named = [...readFileSync(document, 'utf8').matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !called.has(name.replace(/ 1…/, ' N…')))).toEqual([]);
});
