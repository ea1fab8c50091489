import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createSandboxMoodle, type SandboxMoodle } from './server.js';

const checker = join(import.meta.dirname, 'contract', 'check.mjs');

function check(url: string, token: string): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, [checker, url, token]);
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
  afterAll(() => sandbox.close());

  it('is answered as recorded, call by call', async () => {
    const { code, printed } = await check(sandbox.url, sandbox.token);
    expect(printed.trim()).toBe('137 passed, 0 failed');
    expect(code).toBe(0);
  });

  it('is answered the same on a site that is not empty', async () => {
    sandbox.state.addCourses(50);
    const { printed } = await check(sandbox.url, sandbox.token);
    expect(printed.trim()).toBe('137 passed, 0 failed');
  });
});
