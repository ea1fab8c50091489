import { parse, stringify } from 'yaml';
import { ConfigurationError, loadConfiguration } from '../configuration/load.js';
import { configurationFolder, leastConfiguration } from './configuration-file.js';

export const addresses = { DATABASE_URL: 'postgres://u:geheim@db/itk', AMQP_URL: 'amqp://u:geheim@mq' };
const folders: { remove(): void }[] = [];
/** Of all configurations that were loaded here. */
export const removeFolders = (): void => folders.splice(0).forEach((folder) => folder.remove());

export const folderWith = (text: string): ReturnType<typeof configurationFolder> => {
  const folder = configurationFolder(text);
  folders.push(folder);
  return folder;
};
export const load = (text: string, environment: Record<string, string> = addresses) =>
  loadConfiguration(folderWith(text).file, environment);
export const complaints = (text: string, environment?: Record<string, string>): ConfigurationError => {
  try {
    load(text, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
};
/* eslint-disable @typescript-eslint/no-explicit-any -- the tests write what the types forbid */
export type Tree = { systems: Record<string, any>[] } & Record<string, any>;
/** The least configuration with one thing changed. */
export const but = (change: (system: Record<string, any>, whole: Tree) => void): string => {
  const whole = parse(leastConfiguration) as Tree;
  change(whole.systems[0]!, whole);
  return stringify(whole);
};
