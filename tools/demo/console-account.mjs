import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../servers/machine/processes.mjs';
import { checkout } from '../servers/machine/places.mjs';

/**
 * @import { Launched } from './launch.mjs'
 * @import { Address } from './progress/show.mjs'
 */

const password = 'integration-toolkit';

/**
 * The demo's ready accounts: they hold nobody's data, and its pages open on this machine alone. An administrator reads
 * the binding desk and posts nothing there: that takes the other one.
 */
const demoAccounts = [
  {
    ...{ login: 'admin', role: 'administrator', person: 'Администратор', page: '' },
    ...{ ru: 'Консоль оператора', en: "Operators' console" },
  },
  {
    ...{ login: 'els', role: 'ELSAdministrator', person: 'Администратор ЭОС', page: '/desk/documents' },
    ...{ ru: 'Привязка курсов', en: 'Binding desk' },
  },
];

/**
 * Makes the demo's accounts, as an operator would by the command line.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 */
async function addDemoAccounts(env, directory) {
  const passwordFile = join(directory, 'secrets', 'console-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const program = join(checkout, 'dist/apps/console/cli/main.js');
  for (const { login, role, person } of demoAccounts) {
    const asked = ['users', 'add', login, '--role', role, '--name', person];
    await run(process.execPath, [program, ...asked, '--password-file', passwordFile], { env });
  }
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
 * Where the console's pages are and how one signs in: with the demo's accounts, or, where nobody can sign in yet, by the
 * one-time link.
 * @param {Pick<Launched, 'url' | 'log'>} served
 * @param {{ isDemo: boolean, publicUrl?: string | undefined, env: NodeJS.ProcessEnv, directory: string }} options
 * @returns {Promise<Address[]>}
 */
export async function consoleAddresses({ url, log }, { isDemo, publicUrl, env, directory }) {
  if (isDemo) {
    await addDemoAccounts(env, directory);
    return demoAccounts.map(({ login, page, ru, en }) => ({
      name: { ru: `${ru} (${login} / ${password})`, en: `${en} (${login} / ${password})` },
      url: url + page,
    }));
  }
  const link = firstLinkIn(readFileSync(log, 'utf8'));
  if (link)
    return [{ name: { ru: 'Консоль: первый администратор', en: 'Console: the first administrator' }, url: link }];
  return [{ name: { ru: 'Консоль', en: 'Console' }, url: publicUrl ?? url }];
}
