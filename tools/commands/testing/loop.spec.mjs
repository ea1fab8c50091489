import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newestSource } from '../preparing/build.mjs';
import { isLoop, readyFor } from './loop.mjs';
import { isByName, namedPaths, needsOf, specsOf } from './needs.mjs';

/** @type {string} */
let root;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'itk-loop-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (/** @type {string} */ path, text = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

test('files are told from the values of options', () => {
  expect(namedPaths(['-t', 'walk', 'libs/a', '--verbose', '--seed', '7', 'b'])).toEqual(['libs/a', 'b']);
  expect(namedPaths(['-t', 'walk'])).toEqual([]);
  expect([['-t', 'x'], ['--testNamePattern=x'], ['a', '--verbose']].map(isByName)).toEqual([true, true, false]);
});

test('specs are meant by parts of their paths, as jest takes them', () => {
  for (const path of ['apps/a/one.spec.ts', 'libs/b/one.proof.ts', 'tools/c/two.spec.mjs', 'libs/b/one.ts'])
    write(path);
  expect(specsOf(['one'], root)).toEqual(['apps/a/one.spec.ts']);
  expect(specsOf(['./tools', 'a/ONE'], root)).toEqual(['apps/a/one.spec.ts', 'tools/c/two.spec.mjs']);
  expect(specsOf([`${root}/tools/c/two.spec.mjs`], root)).toEqual(['tools/c/two.spec.mjs']);
  expect(specsOf(['(two'], root)).toEqual([]);
});

test('what a spec needs is found however far its imports lead', () => {
  write('libs/b/index.ts', `export {\n  database,\n} from './deep/database.js';\n`);
  write('libs/b/deep/database.ts', 'export const database = process.env.ITK_TEST_DATABASE_URL;');
  write('test/harness.ts', `import { join } from 'node:path';\nexport const program = join(root, 'dist/apps/x');`);
  write('apps/a/types.spec.ts', `import type { Harness } from '../../test/harness.js';\nimport './pure.js';`);
  write('apps/a/pure.ts', 'export const database = 1;');
  write('apps/a/with.spec.ts', `import { database } from '#b';`);
  write('apps/a/late.spec.ts', `const it = await import('../../test/harness.js');`);
  expect(needsOf(['apps/a/types.spec.ts'], root)).toEqual({ servers: false, build: false });
  expect(needsOf(['apps/a/with.spec.ts'], root)).toEqual({ servers: true, build: false });
  expect(needsOf(['apps/a/late.spec.ts'], root)).toEqual({ servers: false, build: true });
});

test('in this house: a law of texts needs nothing, the whole way needs all', () => {
  expect(needsOf(specsOf(['libs/contracts/text.spec']))).toEqual({ servers: false, build: false });
  expect(needsOf(specsOf(['test/walk']))).toEqual({ servers: true, build: true });
});

test('the short way is for named files beside a developer’s servers; all else goes the whole way', () => {
  const servers = { postgres: { url: '' }, rabbit: { url: '' } };
  expect(isLoop({ specs: ['a'], servers })).toBe(true);
  expect(isLoop({ specs: [], servers })).toBe(false);
  expect(isLoop({ specs: ['a'], servers: undefined })).toBe(false);
});

test('what needs servers is not begun without them, and the cure is named', async () => {
  await expect(readyFor(specsOf(['test/walk']), { servers: undefined })).rejects.toThrow('npm run servers -- up');
});

test('a source that was written, made or removed makes the build old', () => {
  for (const path of ['apps/a/x.ts', 'libs/y.ts', 'sandbox/z.ts', 'bench/b.ts']) write(path);
  for (const path of ['package.json', 'tsconfig.base.json', 'tsconfig.build.json']) write(path);
  const old = new Date(1_000_000);
  const all = ['apps', 'apps/a', 'apps/a/x.ts', 'libs', 'libs/y.ts', 'sandbox', 'sandbox/z.ts', 'bench', 'bench/b.ts'];
  const age = () =>
    [...all, 'package.json', 'tsconfig.base.json', 'tsconfig.build.json'].forEach((path) =>
      utimesSync(join(root, path), old, old),
    );
  age();
  expect(newestSource(root)).toBe(1_000_000);
  write('apps/a/x.ts', 'export {};');
  expect(newestSource(root)).toBeGreaterThan(1_000_000);
  age();
  write('libs/new.ts');
  rmSync(join(root, 'libs/new.ts'));
  expect(newestSource(root)).toBeGreaterThan(1_000_000);
});
