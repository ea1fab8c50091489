import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHeld } from './instance.mjs';
import { instanceDirectory } from './places.mjs';

/** What the command line needs to find what runs; with the passwords of the servers, so for the owner's eyes only. */
const names = ['DATABASE_URL', 'AMQP_URL', 'ITK_CONFIG', 'ITK_SECRET_KEY_FILE'];
const fileIn = (directory) => join(directory, 'environment.json');

/** Written by `npm start`, for `npm run itk` in another window. */
export function leaveForCommandLine(directory, environment) {
  const kept = Object.fromEntries(names.map((name) => [name, environment[name]]));
  writeFileSync(fileIn(directory), JSON.stringify(kept), { mode: 0o600 });
}

/**
 * Whoever names a configuration or a server in the environment means that one. Else it is the demo that `npm start`
 * runs at this moment, if it does.
 */
export function environmentForCommandLine(environment, directory = instanceDirectory('start'), runs = isHeld) {
  const given = ['DATABASE_URL', 'DATABASE_URL_FILE', 'AMQP_URL', 'AMQP_URL_FILE', 'ITK_CONFIG'];
  if (given.some((name) => environment[name]) || !existsSync(fileIn(directory)) || !runs('start')) return environment;
  return { ...environment, ...JSON.parse(readFileSync(fileIn(directory), 'utf8')) };
}
