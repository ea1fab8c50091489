import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { certificateFor } from '../testing/certificates.js';
import { configurationFolder, leastConfiguration } from '../testing/configuration-file.js';

const root = resolve(import.meta.dirname, '../../..');

interface Run {
  lines: Record<string, any>[]; // eslint-disable-line @typescript-eslint/no-explicit-any
  errors: string;
  code: number | null;
}

/** Runs a script in a process of its own, on the built libraries; `on` is called for each line of its log. */
function run(
  script: string,
  {
    environment = {},
    on,
  }: {
    environment?: Record<string, string>;
    on?: (line: Run['lines'][number], kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Run> {
  if (!existsSync(resolve(root, 'dist/libs/platform/index.js'))) throw new Error('run `npm run build` first');
  const { file, remove } = configurationFolder(leastConfiguration);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: {
      ...process.env,
      ITK_CONFIG: file,
      DATABASE_URL: 'postgres://db/x',
      AMQP_URL: 'amqp://mq',
      PORT: '',
      HEALTH_PORT: '',
      ...environment,
    },
  });
  const result: Run = { lines: [], errors: '', code: null };
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const line = JSON.parse(part) as Run['lines'][number];
      result.lines.push(line);
      on?.(line, (signal) => child.kill(signal));
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.errors += text));
  return new Promise((done) =>
    child.on('close', (code) => {
      remove();
      done({ ...result, code });
    }),
  );
}

const service = (inside = '', more = ''): string => `
  import { startService, log } from '#platform';
  import { Module } from '@nestjs/common';
  class App { onApplicationShutdown() { log('App').info('shut down') } }
  Module({})(App);
  class Strategy {
    constructor() { this.transportId = Symbol() }
    setTransportId() {} addHandler() {} getHandlers() { return new Map() } on() {} unwrap() {}
    listen(done) { log('Strategy').info('consuming'); done() }
    async close() { log('Strategy').info('finished what was in hand') }
  }
  class Root {}
  Module({ imports: [App], providers: [Strategy], exports: [Strategy] })(Root);
  await startService({ name: 'course-enroller', module: Root, strategies: [Strategy]${more} });
  ${inside}`;
const said = (result: Run): string[] => result.lines.map((line) => String(line.message));

test.each(['SIGTERM', 'SIGINT'] as const)('serves, and on %s finishes and exits with 0', async (signal) => {
  let health: unknown;
  let metrics = '';
  const result = await run(service(), {
    on: (line, kill) => {
      if (line.message !== 'listening') return;
      const address = `http://127.0.0.1:${(line.health as { port: number }).port}`;
      void (async () => {
        health = await (await fetch(`${address}/health/ready`)).json();
        metrics = await (await fetch(`${address}/metrics`)).text();
        kill(signal);
        kill(signal);
      })();
    },
  });
  expect(health).toMatchObject({ status: 'ok' });
  expect(metrics).toContain('service="course-enroller"');
  expect(result).toMatchObject({ code: 0, errors: '' });
  expect(said(result)).toEqual([
    'consuming',
    'listening',
    'closing',
    'finished what was in hand',
    'shut down',
    'closed',
  ]);
  expect(new Set(result.lines.map((line) => line.service))).toEqual(new Set(['course-enroller']));
});

test('an unhandled rejection is told and ends the process with 1', async () => {
  const result = await run(service(`Promise.reject(new TypeError('forgotten'))`));
  expect(result.code).toBe(1);
  expect(result.lines.at(-1)).toMatchObject({
    level: 'fatal',
    message: 'unhandled rejection',
    error: { name: 'TypeError', message: 'forgotten' },
  });
});

test('a wrong configuration is told to the person and to the log; exit with 1', async () => {
  const result = await run(service(), { environment: { ITK_CONFIG: '/nowhere/itk.yaml' } });
  expect(result.code).toBe(1);
  expect(result.errors).toMatch(/\/nowhere\/itk\.yaml[^]*файла нет[^]*no such file/);
  expect(result.lines).toMatchObject([
    { level: 'fatal', message: 'cannot start', error: { name: 'ConfigurationError' } },
  ]);
});

test('what it serves and its health have a port and an interface each', async () => {
  const pages: Record<string, number> = {};
  const result = await run(service('', ', web: true'), {
    environment: { HOST: '127.0.0.1', HEALTH_HOST: '127.0.0.1' },
    on: (line, kill) => {
      if (line.message !== 'listening') return;
      const { port, health } = line as unknown as { port: number; health: { port: number } };
      void (async () => {
        for (const at of ['/health/live', '/metrics'])
          for (const [name, of] of Object.entries({ served: port, health: health.port }))
            pages[`${name} ${at}`] = (await fetch(`http://127.0.0.1:${of}${at}`)).status;
        kill('SIGTERM');
      })();
    },
  });
  expect(result.lines.find(({ message }) => message === 'listening')).toMatchObject({
    host: '127.0.0.1',
    health: { host: '127.0.0.1' },
  });
  expect(pages).toEqual({
    'served /health/live': 404,
    'served /metrics': 404,
    'health /health/live': 200,
    'health /metrics': 200,
  });
});

test('who serves nothing listens for its health alone', async () => {
  const result = await run(service(), {
    on: (line, kill) => line.message === 'listening' && kill('SIGTERM'),
  });
  const listening = result.lines.find(({ message }) => message === 'listening');
  expect(listening).not.toHaveProperty('port');
  expect(listening).toHaveProperty('health.port');
});

test.each(['web', '70000', '-1'])('HEALTH_PORT=%s is refused by name', async (HEALTH_PORT) => {
  const result = await run(service(), { environment: { HEALTH_PORT } });
  expect(result.code).toBe(1);
  expect(JSON.stringify(result.lines.at(-1))).toContain(`HEALTH_PORT=${HEALTH_PORT}`);
});

test('a port in use is told', async () => {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, listening));
  const { port } = holder.address() as AddressInfo;
  const result = await run(service(), { environment: { HEALTH_PORT: String(port) } });
  holder.close();
  expect(result.code).toBe(1);
  expect(result.lines.at(-1)).toMatchObject({ message: 'cannot start', error: { code: 'EADDRINUSE' } });
});

const closing = (close: string): string => `
  import { closeOnSignals } from './dist/libs/platform/service/close-on-signals.js';
  closeOnSignals({ close: ${close} }, 300);
  setInterval(() => {}, 1000);
  process.kill(process.pid, 'SIGTERM');`;

test('what cannot be finished in time is left to be delivered again: exit with 0', async () => {
  const result = await run(closing('() => new Promise(() => {})'));
  expect(result.code).toBe(0);
  expect(said(result)).toEqual(['closing', 'not everything in hand was finished in time: it will be delivered again']);
});

test('a failure to close is told: exit with 1', async () => {
  const result = await run(closing(`() => Promise.reject(new Error('stuck'))`));
  expect(result.code).toBe(1);
  expect(result.lines.at(-1)).toMatchObject({ message: 'cannot close', error: { message: 'stuck' } });
});

test('what it serves others it answers by https where it has a certificate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk-serving-'));
  const certificate = await certificateFor('localhost');
  writeFileSync(join(folder, 'cert.pem'), certificate.cert);
  writeFileSync(join(folder, 'key.pem'), certificate.key);
  const files = JSON.stringify({ certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') });
  let status: number | undefined;
  const { code } = await run(service('', `, web: () => ({ host: '127.0.0.1', port: 0, tls: ${files} })`), {
    on: (line, kill) => {
      if (line.message !== 'listening') return;
      const to = { host: '127.0.0.1', servername: 'localhost', port: line.port as number, ca: certificate.cert };
      get(to, (answer) => {
        status = answer.resume().statusCode;
        kill('SIGTERM');
      });
    },
  });
  expect([status, code]).toEqual([404, 0]);
  rmSync(join(folder, 'key.pem'));
  const without = await run(service('', `, web: () => ({ host: '127.0.0.1', port: 0, tls: ${files} })`));
  expect([without.code, without.errors]).toEqual([1, expect.stringMatching(/key\.pem cannot be read/)]);
  rmSync(folder, { recursive: true });
}, 120_000);
