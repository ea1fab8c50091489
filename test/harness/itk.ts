import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface CommandResult<T> {
  code: number | null;
  json: T;
  err: string;
}

/** Runs the built command line as an operator does. @throws when it says anything but JSON */
export const itk = <T>(environment: Record<string, string>, ...given: string[]): Promise<CommandResult<T>> =>
  new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [resolve(import.meta.dirname, '../../dist/apps/console/cli/main.js'), ...given, '--json'],
      { env: { ...process.env, NODE_OPTIONS: '', ...environment } },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (err += String(text)));
    child.on('error', fail);
    child.on('close', (code) => {
      try {
        done({ code, err, json: (out === '' ? undefined : JSON.parse(out)) as T });
      } catch {
        fail(new Error(`not JSON alone: ${out}`));
      }
    });
  });
