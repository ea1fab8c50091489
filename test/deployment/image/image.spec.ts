import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '../../../tools/services.mjs';
import { finishedTree } from './finished-tree.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-tree-'));
let app: string;
// of what stands in 'dist/'
beforeAll(() => void (app = finishedTree(folder)), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what is laid upon the base is under 120 MB, with no tests and nothing of the build', () => {
  const blocks = execFileSync('du', ['--summarize', '--block-size=1', app], { encoding: 'utf8' });
  expect(Number(blocks.split('\t')[0]) / 1e6).toBeLessThan(120);
  expect(readdirSync(app).sort()).toEqual(['bin', 'dist', 'node_modules', 'package-lock.json', 'package.json']);
  const modules = readdirSync(join(app, 'node_modules'));
  for (const left of ['jest', 'typescript', 'vite', '@sparticuz']) expect(modules).not.toContain(left);
  const own = readdirSync(join(app, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(own.filter((file) => /\.spec\.js$|^sandbox/.test(file))).toEqual([]);
});

it.each([...serviceNames()])(
  '%s finds all that it imports, and asks for its configuration',
  (name) => {
    const { status, stderr } = spawnSync(join(app, 'bin/run'), [name], {
      env: { PATH: process.env.PATH, ITK_CONFIG: join(folder, 'none.yaml') },
      encoding: 'utf8',
    });
    expect({ name, status, stderr }).toEqual({
      name,
      status: 1,
      stderr: expect.stringContaining('none.yaml') as string,
    });
  },
  120_000,
);

it('itk finds all that it imports', () => {
  expect(execFileSync(join(app, 'bin/run'), ['itk', '--help'], { encoding: 'utf8' })).toContain('doctor');
}, 120_000);
