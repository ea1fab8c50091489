import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instanceNames, isHeld } from '../../servers/instance.mjs';
import { instanceDirectory } from '../../servers/machine/places.mjs';
import { quoted } from '../../servers/machine/processes.mjs';
import { Obstacle } from '../../texts.mjs';

/** What the command line needs to find what runs; with the passwords of the servers, so for the owner's eyes only. */
const names = ['DATABASE_URL', 'AMQP_URL', 'ITK_CONFIG', 'ITK_SECRET_KEY_FILE'];
const fileIn = (/** @type {string} */ directory) => join(directory, 'environment.json');

/**
 * Written by `npm start`, for `npm run itk` in another window.
 * @param {string} directory
 * @param {NodeJS.ProcessEnv} environment
 */
export function leaveForCommandLine(directory, environment) {
  const kept = Object.fromEntries(names.map((name) => [name, environment[name]]));
  writeFileSync(fileIn(directory), JSON.stringify(kept), { mode: 0o600 });
}

/**
 * What every `npm start` of this checkout left that runs at this moment, with a configuration of its own or the demo.
 * @returns {Record<string, string>[]}
 */
function running() {
  return instanceNames()
    .filter((name) => isHeld(name) && existsSync(fileIn(instanceDirectory(name))))
    .map((name) => JSON.parse(readFileSync(fileIn(instanceDirectory(name)), 'utf8')));
}

/**
 * Whoever names a server in the environment means that one. Else it is what `npm start` runs at this moment, if it
 * does, and with the configuration that the environment names, if it names one.
 * @param {NodeJS.ProcessEnv} environment
 */
export function environmentForCommandLine(environment, started = running()) {
  const servers = ['DATABASE_URL', 'DATABASE_URL_FILE', 'AMQP_URL', 'AMQP_URL_FILE'];
  if (servers.some((name) => environment[name])) return environment;
  const wanted = environment.ITK_CONFIG && resolve(environment.ITK_CONFIG);
  const meant = started.filter(({ ITK_CONFIG }) => !wanted || ITK_CONFIG === wanted);
  if (meant.length <= 1) return { ...environment, ...meant[0] };
  const choice = meant.map(({ ITK_CONFIG = '' }) => `  ITK_CONFIG=${quoted(ITK_CONFIG)} npm run itk -- …`).join('\n');
  throw new Obstacle({
    ru: `Запущено несколько экземпляров; назовите нужный:\n${choice}`,
    en: `Several instances run; name the one you mean:\n${choice}`,
  });
}
