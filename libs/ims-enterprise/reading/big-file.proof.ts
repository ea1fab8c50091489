import { afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBigFile } from '../testing/big-file.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-ims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Processor time: the wall's depends on who else is at work. */
const program = `
  import { createReadStream } from 'node:fs';
  import { readFile, readStream } from './dist/libs/ims-enterprise/index.js';
  const [path, way] = process.argv.slice(1);
  const counts = {};
  for await (const { kind } of way === 'stream' ? readStream(createReadStream(path)) : readFile(path))
    counts[kind] = (counts[kind] ?? 0) + 1;
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ counts, seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

/** Reads the built library in a process of its own, for its memory. */
function reading(
  path: string,
  way: 'stream' | 'file',
): { counts: Record<string, number>; seconds: number; megabytes: number } {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, path, way], {
    encoding: 'utf8',
  });
  process.stderr.write(`${(statSync(path).size / 1024 ** 2).toFixed(0)} MB, ${way}: ${output}`);
  return JSON.parse(output) as ReturnType<typeof reading>;
}

describe('big files', () => {
  it('100,000 persons and 800,000 memberships in a minute', async () => {
    const path = join(folder, 'university.xml');
    await writeBigFile(path, 100_000, 8);
    const { counts, seconds } = reading(path, 'stream');
    expect(counts).toEqual({ properties: 1, group: 2_000, person: 100_000, membership: 800_000 });
    expect(seconds).toBeLessThan(60);
  });

  it('1 GB, looked through and then told, in 200 MB of memory', async () => {
    const path = join(folder, 'gigabyte.xml');
    await writeBigFile(path, 400_000, 8);
    expect(statSync(path).size).toBeGreaterThan(1e9);
    expect(reading(path, 'file').megabytes).toBeLessThan(200);
  });
});
