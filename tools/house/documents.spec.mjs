import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { checkout } from '../servers/machine/places.mjs';

const documents = globSync(['*.md', 'docs/**/*.md', 'sandbox/**/*.md'], { cwd: checkout }).sort();
const text = (document) => readFileSync(join(checkout, document), 'utf8');
const { scripts } = JSON.parse(text('package.json'));

const linked = (document) =>
  [...text(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, path]) => join(dirname(document), path));
/** `test/walk`, but neither `test/*.ts` nor what a program makes. */
const named = (document) =>
  [...text(document).matchAll(/`((?:apps|libs|test|tools|sandbox|bench|docs)\/[\w./-]+)`/g)].map(([, path]) => path);
const commands = (document) =>
  [...text(document).matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name]) => name);

test.each(documents)('%s: files that it names are there, and so are its commands', (document) => {
  const missing = [...linked(document), ...named(document)].filter((path) => !existsSync(join(checkout, path)));
  expect(missing).toEqual([]);
  expect(commands(document).filter((name) => !(name in scripts))).toEqual([]);
});
