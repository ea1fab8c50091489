import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { rm, rename } from 'node:fs/promises';
import { writeBigFile } from '#ims-enterprise/testing';
import { GatewaySetup, withDatabase } from '../testing/setup.js';

withDatabase();

/** Seconds, on two cores. */
const bound = 300;

it('100,000 persons with 800,000 roles are read, staged and applied, and a thousand of them published at a time', async () => {
  const setup = await new GatewaySetup({ content: 'snapshot' }).open();
  setup.window = 1_000;
  const path = join(tmpdir(), `itk-ims-big-${process.pid}.xml`);
  try {
    await writeBigFile(path, 100_000, 8);
    for (const name of ['first.xml', 'again.xml']) {
      if (name === 'again.xml') await writeBigFile(path, 100_000, 8);
      await rename(path, join(setup.folder, name));
      const [begun, before] = [Date.now(), process.cpuUsage()];
      await setup.work(20);
      const seconds = (Date.now() - begun) / 1_000;
      const [file] = (await setup.files()).slice(-1);
      const { user, system } = process.cpuUsage(before);
      const memory = Math.round(process.memoryUsage().rss / 1e6);
      process.stderr.write(
        `${name}: ${seconds.toFixed(0)} s, of them ${((user + system) / 1e6).toFixed(0)} s of this process, ` +
          `${memory} MB with jest, load ${loadavg()[0]!.toFixed(1)} ${JSON.stringify(file!.counts)}\n`,
      );
      expect(file).toMatchObject({ state: 'applied', counts: { persons: 100_000, memberships: 800_000, problems: 0 } });
      expect(seconds).toBeLessThan(bound);
    }
    expect(setup.published).toHaveLength(1_000);
    expect((await setup.files()).map(({ counts }) => counts!.created)).toEqual([100_000, 0]);
  } finally {
    await rm(path, { force: true });
    await setup.close();
  }
}, 1_800_000);
