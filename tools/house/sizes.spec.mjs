import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';

/** What a newcomer can take in at one look. */
const mostLines = 300;
const mostFiles = 12;

/** Written by a program. */
const generated = ['apps/web/src/api/schema.ts', 'apps/web/src/api/desk-schema.ts'];

const tracked = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: checkout, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path && existsSync(join(checkout, path)));
const sources = tracked().filter((path) => /\.(ts|tsx|mjs|mts|js|css)$/.test(path) && !generated.includes(path));

test(`no source has over ${mostLines} lines`, () => {
  const long = sources.filter((path) => readFileSync(join(checkout, path), 'utf8').split('\n').length - 1 > mostLines);
  expect(long).toEqual([]);
});

test(`no folder has over ${mostFiles} sources of its own`, () => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const path of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const full = [...counts].filter(([, count]) => count > mostFiles).map(([folder]) => folder);
  expect(full).toEqual([]);
});
