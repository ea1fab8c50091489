import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { choosePorts, isFree } from '../servers/machine/ports.mjs';
import { serviceNames } from '../services.mjs';
import { standInsOf, systemsOf } from './stand-ins.mjs';
import { Obstacle, reasonOf, say } from '../texts.mjs';

/**
 * @import { Postgres } from '../servers/instance.mjs'
 * @import { Given, StandIn } from './stand-ins.mjs'
 */

/** What a person opens keeps its port from day to day; if it is taken, that is said and another one found. */
export const wellKnown = { console: 8080, moodle: 8081, component: 8082, onec: 8083, desk: 8091 };

export async function demoPorts() {
  const names = /** @type {(keyof typeof wellKnown)[]} */ (Object.keys(wellKnown));
  const ports = await choosePorts(names, { remembered: wellKnown });
  for (const name of names) {
    const wanted = wellKnown[name];
    if (ports[name] === wanted) continue;
    say({
      ru: `Порт ${wanted} занят другой программой: ${name} будет на ${ports[name]}.`,
      en: `Port ${wanted} is in use by another program: ${name} will be on ${ports[name]}.`,
    });
  }
  return ports;
}

/**
 * The database of this instance: one that is given by its address is taken as it is.
 * @param {Postgres} postgres
 */
export async function makeDatabase(postgres) {
  if (postgres.external) return postgres.url;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'itk'");
    if (rowCount === 0) await client.query('create database itk');
  } finally {
    await client.end();
  }
  return postgres.url.replace(/\/[^/]*$/, '/itk');
}

/**
 * @param {string} file
 * @returns {Promise<Given | null>}
 */
export async function readConfiguration(file) {
  const { parse } = await import('yaml');
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Obstacle({
      ru: `${file}: это не YAML: ${reasonOf(error)}`,
      en: `${file}: this is no YAML: ${reasonOf(error)}`,
    });
  }
}

/**
 * Stand-ins whose port is free; somebody who listens there already is the real thing.
 * @param {Given | null} configuration
 */
export async function neededStandIns(configuration) {
  const needed = [];
  for (const standIn of standInsOf(configuration)) {
    if (await isFree(standIn.port)) needed.push(standIn);
    else if (standIn.kind === 'component') {
      throw new Obstacle({
        ru: `Порт ${standIn.port} (${standIn.key}) занят другой программой, а на нём должна работать onec-component. Освободите его или измените адрес.`,
        en: `Port ${standIn.port} (${standIn.key}) is in use by another program, and onec-component has to be on it. Free it or change the address.`,
      });
    } else {
      say({
        ru: `На порту ${standIn.port} (${standIn.key}) уже кто-то отвечает: имитатор не запускаю.`,
        en: `Somebody answers on port ${standIn.port} (${standIn.key}) already: no sandbox is started.`,
      });
    }
  }
  return needed;
}

/** Courses that the demo university binds its disciplines to: both sandboxes must agree on them. */
const courses = 40;

/**
 * What a sandbox is told on its command line, so that it fits the configuration.
 * @param {StandIn} standIn
 * @param {Given | null} configuration
 * @param {string} folder
 */
export function sandboxArguments({ kind, port, tokenFile }, configuration, folder) {
  const common = ['--port', String(port), '--courses', String(courses)];
  if (kind === 'moodle') {
    return tokenFile ? [...common, '--token', readFileSync(resolve(folder, tokenFile), 'utf8').trim()] : common;
  }
  const names = systemsOf(configuration).map((system) => system?.els);
  return [...common, '--systems', names.join(','), '--zone', configuration?.onecComponent?.zone ?? 'Europe/Moscow'];
}

/**
 * Which services this configuration needs.
 * @param {Given | null} configuration
 */
export function neededServices(configuration) {
  return serviceNames().filter((name) => name !== 'onec-component' || configuration?.onecComponent);
}
