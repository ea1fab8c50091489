import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { checkout } from '../servers/machine/places.mjs';

const documents = globSync(['*.md', 'docs/**/*.md', 'sandbox/**/*.md'], { cwd: checkout }).sort();
const text = (/** @type {string} */ document) => readFileSync(join(checkout, document), 'utf8');
const { scripts } = JSON.parse(text('package.json'));

/** What the brackets of a pattern hold, wherever it fits. */
const found = (/** @type {string} */ document, /** @type {RegExp} */ pattern) =>
  [...text(document).matchAll(pattern)].map(([, part = '']) => part);
const linked = (/** @type {string} */ document) =>
  found(document, /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g).map((path) => join(dirname(document), path));
/** `test/walk`, but neither `test/*.ts` nor what a program makes. */
const named = (/** @type {string} */ document) =>
  found(document, /`((?:apps|libs|test|tools|sandbox|bench|docs)\/[\w./-]+)`/g);
/** `rules/plan.ts` of the service that is spoken of: some file's path ends so. */
const inSomeRoom = (/** @type {string} */ document) =>
  found(document, /`([a-z][\w-]*(?:\/[\w-]+)*\/[\w.-]+\.(?:tsx?|mjs))`/g);
const files = globSync(['{apps,libs,test,tools,sandbox,bench}/**/*.{ts,tsx,mjs}'], { cwd: checkout });
const commands = (/** @type {string} */ document) => found(document, /\bnpm run (?:-s |--silent )?([\w:-]+)/g);

test.each(documents)('%s: files that it names are there, and so are its commands', (document) => {
  const missing = [...linked(document), ...named(document)].filter((path) => !existsSync(join(checkout, path)));
  expect(missing).toEqual([]);
  expect(inSomeRoom(document).filter((path) => !files.some((file) => file.endsWith(path)))).toEqual([]);
  expect(commands(document).filter((name) => !(name in scripts))).toEqual([]);
});
