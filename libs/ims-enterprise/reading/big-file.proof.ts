import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBigFile } from '../testing/big-file.js';
import { readInProcess, type ReadingOf } from '../testing/reading-process.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-ims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reading(path: string, way: 'stream' | 'file'): Promise<ReadingOf> {
  const begun = Date.now();
  const read = await readInProcess(path, way);
  const wall = ((Date.now() - begun) / 1_000).toFixed(0);
  process.stderr.write(
    `${(statSync(path).size / 1e6).toFixed(0)} MB, ${way}: ${JSON.stringify(read)}, ${wall} s by the clock, load ${loadavg()[0]!.toFixed(1)}\n`,
  );
  return read;
}

describe('big files', () => {
  it('100,000 persons and 800,000 memberships in a minute', async () => {
    const path = join(folder, 'university.xml');
    await writeBigFile(path, 100_000, 8);
    for (const way of ['stream', 'file'] as const) {
      const { counts, seconds } = await reading(path, way);
      expect(counts).toEqual({ properties: 1, group: 2_000, person: 100_000, membership: 800_000 });
      expect(seconds).toBeLessThan(60);
    }
  });

  it('1 GB in 200 MB of memory', async () => {
    const path = join(folder, 'gigabyte.xml');
    await writeBigFile(path, 400_000, 8);
    expect(statSync(path).size).toBeGreaterThan(1e9);
    expect((await reading(path, 'stream')).megabytes).toBeLessThan(200);
    expect((await reading(path, 'file')).megabytes).toBeLessThan(200);
  });
});
