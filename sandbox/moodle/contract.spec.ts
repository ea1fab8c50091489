import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createSandboxMoodle, type SandboxMoodle } from './server.js';
import type { MoodleVersion } from './switches/switches.js';

const checker = join(import.meta.dirname, 'contract', 'check.mjs');

function check(url: string, token: string, version = '4.5'): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, [checker, url, token, '--version', version]);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, printed })));
}

describe('the contract with a real Moodle', () => {
  let sandbox: SandboxMoodle;
  beforeAll(async () => {
    sandbox = await createSandboxMoodle();
  });
  beforeEach(() => {
    sandbox.reset();
    sandbox.mend();
  });
  afterAll(() => sandbox.close());

  it.each<MoodleVersion>(['4.5', '5.1'])('is answered as recorded, call by call, by %s', async (version) => {
    sandbox.switches.version = version;
    const { code, printed } = await check(sandbox.url, sandbox.token, version);
    expect(printed.trim()).toBe('137 passed, 0 failed');
    expect(code).toBe(0);
  });

  it('knows the versions apart: eight answers of 5.1 are others', async () => {
    const { printed } = await check(sandbox.url, sandbox.token, '5.1');
    expect(printed.trim().split('\n').at(-1)).toBe('129 passed, 8 failed');
  });

  it('is answered the same on a site that is not empty', async () => {
    sandbox.state.addCourses(50);
    const { printed } = await check(sandbox.url, sandbox.token);
    expect(printed.trim()).toBe('137 passed, 0 failed');
  });
});
