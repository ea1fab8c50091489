import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchers } from './launchers.mjs';

const folder = mkdtempSync(join(tmpdir(), 'itk-launchers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = (/** @type {string} */ name, /** @type {string} */ text) => {
  mkdirSync(join(folder, 'app/bin'), { recursive: true });
  writeFileSync(join(folder, 'app/bin', name), text);
  chmodSync(join(folder, 'app/bin', name), 0o755);
};
for (const [name, text] of Object.entries(launchers(['console']))) program(name, text);
program('node', '#!/bin/sh\nprintf "%s" "${NODE_EXTRA_CA_CERTS:-none}"\n');

/**
 * What Node is given as further authorities.
 * @param {Record<string, string>} environment
 * @param {string[]} args
 */
const authorities = (environment, ...args) =>
  execFileSync(join(folder, 'app/bin/run'), args, {
    env: {
      PATH: `${join(folder, 'app/bin')}:${process.env.PATH}`,
      ITK_CONFIG: join(folder, 'itk.yaml'),
      ...environment,
    },
    encoding: 'utf8',
  });

test('secrets/ca.pem beside the configuration is trusted by services and itk, unless another file is named', () => {
  for (const name of ['console', 'itk']) expect(authorities({}, name)).toBe('none');
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets/ca.pem'), '');
  for (const name of ['console', 'itk']) expect(authorities({}, name)).toBe(join(folder, 'secrets/ca.pem'));
  expect(authorities({ NODE_EXTRA_CA_CERTS: '/own.pem' }, 'console')).toBe('/own.pem');
});
