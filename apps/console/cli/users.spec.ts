import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { configurationFolder } from '#platform/testing';
import { exitCodes } from './exit-codes.js';
import { runCli } from './program.js';

const made = configurationFolder(`
systems:
  - id: lms
    els: LMS
    synchronizer: { url: 'http://127.0.0.1:1/ws', user: itk, passwordFile: secret, zone: Europe/Moscow }
    moodle: { url: 'http://127.0.0.1:1', tokenFile: secret }
`);
let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase();
  environment = {
    ...{ ITK_CONFIG: made.file, DATABASE_URL: database.url, AMQP_URL: 'amqp://127.0.0.1:1' },
    ...{ ITK_BY: 'olga', ITK_LANG: 'en' },
  };
}, 60_000);
afterAll(async () => {
  await database.drop();
  made.remove();
});

async function itk(...given: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCli(given, { out: (text) => (out += text), err: (text) => (err += text), environment });
  return { code, out, err };
}

test('users are added, listed, given other roles, kept out, and sent new links', async () => {
  const added = await itk('users', 'add', 'Petrov', '--role', 'administrator', '--name', 'Петров П. П.');
  expect(added.out).toMatch(/once\): http:\/\/localhost:8090\/welcome#[\w-]{43}/);
  expect((await itk('users', 'add', 'petrov', '--role', 'viewer')).code).toBe(exitCodes.notAll);
  writeFileSync(join(made.folder, 'password'), 'correct horse battery\n');
  const ready = await itk(
    'users',
    'add',
    'demo',
    '--role',
    'operator',
    '--system',
    'lms',
    '--password-file',
    join(made.folder, 'password'),
  );
  expect(ready.out).toBe('User demo: operator (lms)\n');
  expect((await itk('users', 'list')).out).toMatch(
    /demo +demo +operator \(lms\) +may sign in[^]*petrov +Петров П\. П\. +administrator +no password yet/,
  );
  expect((await itk('users', 'disable', 'petrov')).err).toMatch(/last administrator/);
  expect((await itk('users', 'roles', 'demo', '--role', 'administrator')).code).toBe(exitCodes.done);
  expect((await itk('users', 'disable', 'petrov')).code).toBe(exitCodes.done);
  expect((await itk('users', 'list', '--json')).out).not.toContain('argon2');
  expect((await itk('users', 'reset', 'demo')).out).toMatch(/welcome#/);
  expect((await itk('users', 'reset', 'nobody')).code).toBe(exitCodes.notFound);
  expect((await itk('users', 'sign-out', 'demo')).out).toBe('Sessions ended: 0\n');
});

test('what cannot be is said', async () => {
  expect((await itk('users', 'add', 'a b', '--role', 'viewer')).code).toBe(exitCodes.usage);
  expect((await itk('users', 'add', 'x', '--role', 'king')).code).toBe(exitCodes.usage);
  expect((await itk('users', 'add', 'x')).code).toBe(exitCodes.usage);
  expect((await itk('users', 'add', 'x', '--role', 'viewer', '--system', 'none')).code).toBe(exitCodes.notFound);
  writeFileSync(join(made.folder, 'short'), 'short\n');
  expect(
    (await itk('users', 'add', 'x', '--role', 'viewer', '--password-file', join(made.folder, 'short'))).err,
  ).toMatch(/12 characters/);
});
