import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';

/** Known to the sandboxes: they hold nobody's data and are reachable from this machine alone. */
const sandboxToken = 'sandbox';

/** @typedef {{ moodle: number, component: number, onec: number, desk: number }} DemoPorts */

/**
 * A secret in a file of its own, kept when it is there: an encrypted password must stay readable.
 * @param {string} folder
 * @param {string} name
 * @param {string} content
 */
function secretFile(folder, name, content) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, content, { mode: 0o600 });
  return file;
}

/**
 * 32 random bytes that encrypt stored passwords.
 * @param {string} folder
 */
export function secretKeyFile(folder) {
  return secretFile(folder, 'secret-key', randomBytes(32).toString('base64'));
}

/**
 * The key that the console signs with, and the public one that onec-component believes.
 * @param {string} folder
 */
function doorKeys(folder) {
  const made = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const keyFile = secretFile(folder, 'desk-key.json', JSON.stringify({ ...made, kid: 'demo' }));
  // of the private key as it is there: it may be older
  const { kty, crv, kid, x } = JSON.parse(readFileSync(keyFile, 'utf8'));
  const keysFile = join(folder, 'desk-public-keys.json');
  writeFileSync(keysFile, JSON.stringify({ keys: [{ kty, crv, kid, x }] }), { mode: 0o600 });
  return { keyFile, keysFile };
}

/**
 * The demo: one Moodle, our own 1C component, the demo university behind it.
 * @param {{ ports: DemoPorts, passwordFile: string, tokenFile: string, imsFolder: string, keyFile: string, keysFile: string }} place
 * @returns its content
 */
export function demoConfiguration({ ports, passwordFile, tokenFile, imsFolder, keyFile, keysFile }) {
  const local = (/** @type {number} */ port) => `http://127.0.0.1:${port}`;
  return {
    systems: [
      {
        id: 'lms',
        els: 'lms',
        synchronizer: {
          url: `${local(ports.component)}/ws/ITK_Synchronizer.1cws`,
          user: 'toolkit',
          passwordFile,
          zone: 'Europe/Moscow',
        },
        ims: { folder: imsFolder, zone: 'Europe/Moscow', quietFor: 'PT2S' },
        moodle: { url: local(ports.moodle), tokenFile },
        enrolment: { grouping: 'group', newCourseCategory: 1 },
        pollInterval: 'PT2S',
      },
    ],
    onecComponent: {
      mirror: {
        odata: {
          url: `${local(ports.onec)}/iasu/odata/standard.odata`,
          user: 'toolkit',
          passwordFile,
          mappingFile: join(checkout, 'config/mappings/iasu.yaml'),
        },
        refresh: 'PT10S',
      },
      zone: 'Europe/Moscow',
      accounts: [{ user: 'toolkit', passwordFile, roles: ['ELSAdministrator'] }],
      desk: { port: ports.desk, keysFile },
    },
    console: { desk: { url: local(ports.desk), keyFile } },
  };
}

/**
 * Where files of IMS Enterprise are dropped.
 * @param {string} folder of the demo
 */
export const imsFolderOf = (folder) => join(folder, 'ims');

/**
 * Writes the demo's configuration and secrets into a folder. JSON is YAML too.
 * @param {string} folder
 * @param {DemoPorts} ports
 * @returns the file's path
 */
export function writeDemo(folder, ports) {
  const secrets = join(folder, 'secrets');
  const passwordFile = secretFile(secrets, 'synchronizer-password', randomBytes(18).toString('base64url'));
  const tokenFile = secretFile(secrets, 'moodle-token', sandboxToken);
  const imsFolder = imsFolderOf(folder);
  mkdirSync(imsFolder, { recursive: true });
  // Nobody takes it by this name: whoever renames it to .xml sees it taken.
  copyFileSync(join(checkout, 'docs/ims-example.xml'), join(imsFolder, 'example.xml.txt'));
  const file = join(folder, 'itk.yaml');
  const content = demoConfiguration({ ports, passwordFile, tokenFile, imsFolder, ...doorKeys(secrets) });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}
