import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startRabbit, type DisposableRabbit } from '../../tools/servers/disposable.mjs';
import { linkedProgram } from '../../tools/servers/debian/linked-program.mjs';
import { restoring } from './restoring.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'itk-restore-'));
const rabbit: DisposableRabbit = await startRabbit();
afterAll(async () => {
  await rabbit.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

/** Database and broker are both lost, and come back from `pg_dump` and the broker's definitions. */
describe('everything but Moodle and 1C is lost', () => {
  restoring({
    students: 400,
    amqpUrl: rabbit.url,
    copyOf: async (url) => {
      const [dump, restore] = [await linkedProgram('pg_dump'), await linkedProgram('pg_restore')];
      const [dumped, definitions] = [join(folder, 'itk.dump'), join(folder, 'definitions.json')];
      return {
        make: async () => {
          await run(dump.program, ['-Fc', '--no-owner', '--no-acl', '-d', url, '-f', dumped]);
          await run(rabbit.ctl, ['export_definitions', definitions]);
          expect(readFileSync(definitions, 'utf8')).toContain('course-enroller');
        },
        restore: async () => {
          const name = new URL(url).pathname.slice(1);
          const client = new pg.Client({ connectionString: process.env.ITK_TEST_DATABASE_URL! });
          await client.connect();
          await client.query(`drop database ${name} with (force)`);
          await client.query(`create database ${name}`);
          await client.end();
          await run(restore.program, ['--no-owner', '--no-acl', '--exit-on-error', '-d', url, dumped]);
          for (const step of ['stop_app', 'force_reset', 'start_app']) await run(rabbit.ctl, [step]);
          await run(rabbit.ctl, ['import_definitions', definitions]);
        },
      };
    },
  });
});
