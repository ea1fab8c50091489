import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBigFile } from '../testing/big-file.js';
import { readInProcess } from '../testing/reading-process.js';

it('2,000 persons with 16,000 memberships are read whole, both ways, in 200 MB: the proof in small', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk-ims-'));
  try {
    const path = join(folder, 'university.xml');
    await writeBigFile(path, 2_000, 8);
    for (const way of ['stream', 'file'] as const) {
      const { counts, megabytes } = await readInProcess(path, way);
      expect(counts).toEqual({ properties: 1, group: 2_000, person: 2_000, membership: 16_000 });
      expect(megabytes).toBeLessThan(200);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 180_000);
