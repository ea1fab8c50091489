import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandsFor, divide, leaveEnvironment } from './by-hand.mjs';

const poller = { name: 'onec-poller', port: 15_001, healthPort: 15_002 };
const services = [{ ...poller, name: 'console' }, poller];

test('a service is left out by its name; another name is refused with those that there are', () => {
  const divided = (/** @type {string[]} */ ...without) => {
    const { ours, byHand } = divide(services, without);
    return [ours, byHand].map((each) => each.map(({ name }) => name));
  };
  expect(divided()).toEqual([['console', 'onec-poller'], []]);
  expect(divided('onec-poller')).toEqual([['console'], ['onec-poller']]);
  expect(() => divide(services, ['poller'])).toThrow('console, onec-poller');
});

test('a shell that reads the environment has what the service needs, and only its owner may read it', () => {
  const directory = mkdtempSync(join(tmpdir(), "itk it's-"));
  try {
    const env = { DATABASE_URL: "postgres://o'brien$(id)@x", AMQP_URL: 'amqp://y', ITK_CONFIG: '/z', TOKEN: 'secret' };
    const file = leaveEnvironment(poller, env, directory);
    expect(statSync(file).mode & 0o077).toBe(0);
    const shown = execFileSync('/bin/sh', ['-c', '. "$0"; env', file], { encoding: 'utf8', env: {} }).split('\n');
    for (const line of [
      `DATABASE_URL=${env.DATABASE_URL}`,
      'ITK_CONFIG=/z',
      'HOST=127.0.0.1',
      'PORT=15001',
      'HEALTH_PORT=15002',
    ])
      expect(shown).toContain(line);
    expect(shown.join()).not.toContain('secret');
    const { built } = commandsFor({ name: '#' }, file);
    const printed = built.replace('npm run service -- --inspect #', 'echo $PORT');
    expect(execFileSync('/bin/sh', ['-c', printed], { encoding: 'utf8' })).toBe('15001\n');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
