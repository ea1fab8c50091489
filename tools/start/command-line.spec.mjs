import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentForCommandLine, leaveForCommandLine } from './command-line.mjs';

const directory = mkdtempSync(join(tmpdir(), 'itk-command-line-'));
afterAll(() => rmSync(directory, { recursive: true }));
const running = { DATABASE_URL: 'postgres://a', AMQP_URL: 'amqp://b', ITK_CONFIG: '/c', ITK_SECRET_KEY_FILE: '/d' };

test('what runs is found, and only its owner may read where', () => {
  expect(environmentForCommandLine({ HOME: '/h' }, directory, () => true)).toEqual({ HOME: '/h' });
  leaveForCommandLine(directory, { ...running, HOME: '/other', TOKEN: 'secret' });
  expect(statSync(join(directory, 'environment.json')).mode & 0o077).toBe(0);
  expect(environmentForCommandLine({ HOME: '/h' }, directory, () => true)).toEqual({ HOME: '/h', ...running });
});

test('not when it does not run, nor when somebody means another', () => {
  leaveForCommandLine(directory, running);
  expect(environmentForCommandLine({}, directory, () => false)).toEqual({});
  expect(environmentForCommandLine({ ITK_CONFIG: '/mine' }, directory, () => true)).toEqual({ ITK_CONFIG: '/mine' });
});
