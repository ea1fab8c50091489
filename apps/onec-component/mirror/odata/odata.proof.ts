import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandboxOneC, type SandboxOneC } from '../../../../sandbox/onec/server.js';
import { openODataMirror } from '../../testing/odata.js';

const els = 'LMS';

/** 20,000 students with every fault: GetStudents over both shapes against the independent calculation, and how long a reading takes. */
describe.each(['stock', 'iasu'] as const)('%s', (shape) => {
  let sandbox: SandboxOneC;
  beforeAll(async () => {
    sandbox = await createSandboxOneC({ students: 20_000, seed: 11, systems: [els], courses: 500, faulty: 0.05 });
  });
  afterAll(() => sandbox.close());

  it('is what was calculated; a full reading and its difference take under a minute', async () => {
    const opened = await openODataMirror(sandbox, shape);
    try {
      const seconds: Record<string, number> = {};
      for (const what of ['first filling', 'nothing has changed']) {
        const begun = performance.now();
        await opened.mirror.refresh();
        seconds[what] = Math.round((performance.now() - begun) / 100) / 10;
      }
      const { students, curricula } = sandbox.university;
      const load = loadavg()[0]!.toFixed(1);
      process.stdout.write(
        `${JSON.stringify({ shape, students: students.length, curricula: curricula.length, seconds, load })}\n`,
      );
      expect(await opened.students(els)).toEqual(sandbox.expected(els));
      expect(seconds['nothing has changed']).toBeLessThan(60);
    } finally {
      await opened.close();
    }
  });
});
