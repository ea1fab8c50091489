import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkout } from '../../servers/machine/places.mjs';
import { quoted } from '../../servers/machine/processes.mjs';
import { Obstacle, say } from '../../texts.mjs';
import { addressesOf } from '../launch.mjs';

/** What a service started by hand needs of ours; with the passwords of the servers, so for the owner's eyes only. */
const names = ['DATABASE_URL', 'AMQP_URL', 'RABBITMQ_MANAGEMENT_URL', 'ITK_CONFIG', 'ITK_SECRET_KEY_FILE'];

/** @import { Place } from '../launch.mjs' */

/**
 * Services to start here, and those that a person will start: by `--without NAME`.
 * @template {{ name: string }} Service
 * @param {readonly Service[]} services
 * @param {readonly string[]} without
 */
export function divide(services, without) {
  const known = services.map(({ name }) => name);
  const unknown = without.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Obstacle({
      ru: `--without: службы «${unknown.join(', ')}» здесь нет. Есть: ${known.join(', ')}`,
      en: `--without: there is no service "${unknown.join(', ')}" here. There are: ${known.join(', ')}`,
    });
  }
  return {
    ours: services.filter(({ name }) => !without.includes(name)),
    byHand: services.filter(({ name }) => without.includes(name)),
  };
}

/**
 * Writes the environment of a service for a shell to read.
 * @param {Place} service
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 * @returns the file's path
 */
export function leaveEnvironment(service, env, directory) {
  /** @type {Record<string, string>} */
  const all = { ...Object.fromEntries(names.map((name) => [name, env[name] ?? ''])), ...addressesOf(service) };
  const file = join(directory, `${service.name}.env`);
  const lines = Object.entries(all).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return file;
}

/**
 * How a person starts a service that was left out, in this checkout: as built, or again at every save.
 * @param {{ name: string }} service
 * @param {string} file
 */
export function commandsFor({ name }, file) {
  const path = relative(checkout, file);
  const environment = `. ${quoted(path.startsWith('..') ? file : `./${path}`)}`;
  return {
    built: `(${environment} && npm run service -- --inspect ${name})`,
    watched: `(${environment} && npx nest start ${name} --watch --debug)`,
  };
}

/**
 * @param {{ name: string }} service
 * @param {string} file
 */
export function showCommands(service, file) {
  const { built, watched } = commandsFor(service, file);
  say({
    ru: `${service.name} не запускаю. Запустите сами, в другом окне:\n  ${built}\nили из исходников, заново при каждом сохранении:\n  ${watched}`,
    en: `${service.name} is left out. Start it yourself, in another window:\n  ${built}\nor from the sources, again at every save:\n  ${watched}`,
  });
}
