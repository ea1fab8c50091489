import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../servers/machine/processes.mjs';
import { checkout } from '../servers/machine/places.mjs';

/**
 * @import { Launched } from './launch.mjs'
 * @import { Address } from './progress/show.mjs'
 */

/** The demo's ready account: it holds nobody's data, and its pages open on this machine alone. */
export const demoAccount = { login: 'admin', password: 'integration-toolkit' };

/**
 * Makes the demo's first administrator, as an operator would by the command line.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 */
async function addDemoAccount(env, directory) {
  const passwordFile = join(directory, 'secrets', 'console-password');
  writeFileSync(passwordFile, demoAccount.password, { mode: 0o600 });
  const program = join(checkout, 'dist/apps/console/cli/main.js');
  const asked = ['users', 'add', demoAccount.login, '--role', 'administrator', '--name', 'Администратор'];
  await run(process.execPath, [program, ...asked, '--password-file', passwordFile], { env });
}

/**
 * The one-time link that a console without users says in its log.
 * @param {string} log
 * @returns {string | undefined}
 */
export function firstLinkIn(log) {
  return /"link":"([^"]+\/welcome#[^"]+)"/.exec(log)?.[1];
}

/**
 * Where the console's pages are and how one signs in: with the demo's account, or, where nobody can sign in yet, by the
 * one-time link.
 * @param {Launched} served
 * @param {{ isDemo: boolean, publicUrl?: string | undefined, env: NodeJS.ProcessEnv, directory: string }} options
 * @returns {Promise<Address>}
 */
export async function consoleAddress({ url, log }, { isDemo, publicUrl, env, directory }) {
  if (isDemo) {
    await addDemoAccount(env, directory);
    const { login, password } = demoAccount;
    return { name: { ru: `Консоль (${login} / ${password})`, en: `Console (${login} / ${password})` }, url };
  }
  const link = firstLinkIn(readFileSync(log, 'utf8'));
  if (link) return { name: { ru: 'Консоль: первый администратор', en: 'Console: the first administrator' }, url: link };
  return { name: { ru: 'Консоль', en: 'Console' }, url: publicUrl ?? url };
}
