import { dirname, resolve } from 'node:path';
import { consoleAddresses } from './console-account.mjs';
import { divide, leaveEnvironment, showCommands } from './other-windows/by-hand.mjs';
import { imsFolderOf, secretKeyFile, writeDemo } from './demo.mjs';
import { leaveForCommandLine } from './other-windows/command-line.mjs';
import { followProgress } from './progress/follow.mjs';
import { lastWords, launch, untilUp } from './launch.mjs';
import { choosePorts } from '../servers/machine/ports.mjs';
import { programOf, sandboxProgram } from '../services.mjs';
import { endLive, live, showAddresses, showSummary } from './progress/show.mjs';
import {
  demoPorts,
  makeDatabase,
  neededServices,
  neededStandIns,
  readConfiguration,
  sandboxArguments,
  wellKnown,
} from './surroundings.mjs';
import { Obstacle, say } from '../texts.mjs';

/**
 * @import { OpenedInstance, Servers } from '../servers/instance.mjs'
 * @import { Launched, Place } from './launch.mjs'
 * @import { Address } from './progress/show.mjs'
 *
 * @typedef {object} Run
 * @property {OpenedInstance & Servers} instance
 * @property {string} [config] somebody's own configuration
 * @property {readonly string[]} without services that a person starts
 * @property {string} directory
 * @property {string} logs
 * @property {number} begun
 * @property {Promise<void>} interrupted
 */

const titles = {
  moodle: { ru: 'Moodle (имитатор)', en: 'Moodle (sandbox)' },
  onec: { ru: '1С:Университет (имитатор)', en: '1C:University (sandbox)' },
  component: { ru: 'Компонент 1С', en: '1C component' },
  rabbit: { ru: 'RabbitMQ (guest/guest)', en: 'RabbitMQ (guest/guest)' },
};

/**
 * From the servers that run to the summary, and on until this process is interrupted.
 * @param {Run} options
 */
export async function run({ instance, config, without, directory, logs, begun, interrupted }) {
  const { postgres, rabbit } = instance;
  const known = config ? wellKnown : await demoPorts();
  const file = config ?? writeDemo(directory, known);
  const configuration = await readConfiguration(file);
  const standIns = await neededStandIns(configuration);
  const env = {
    ...process.env,
    DATABASE_URL: await makeDatabase(postgres),
    AMQP_URL: rabbit.url,
    RABBITMQ_MANAGEMENT_URL: rabbit.api ?? '',
    ITK_CONFIG: file,
    ITK_SECRET_KEY_FILE: process.env.ITK_SECRET_KEY_FILE || secretKeyFile(resolve(directory, 'secrets')),
  };
  leaveForCommandLine(directory, env);

  let stopping = false;
  interrupted.then(() => (stopping = true));
  const begin = (/** @type {Place & { program: string, args?: string[] }} */ options) => {
    if (stopping) throw new Error('interrupted');
    const program = launch({ env, logs, ...options });
    instance.adopt(program);
    program.failure.then((reason) => onEnd(program, reason));
    return program;
  };
  /** @type {(error: Error) => void} */
  let fail;
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => undefined);
  const onEnd = (/** @type {Launched} */ { name, log }, /** @type {string} */ reason) => {
    if (stopping) return;
    fail(
      new Obstacle({
        ru: `«${name}» остановилась сама (${reason}). Её журнал ${log}:\n${lastWords(log)}`,
        en: `"${name}" ended by itself (${reason}). Its log ${log}:\n${lastWords(log)}`,
      }),
    );
  };

  live({ ru: 'Запускаю имитаторы и службы…', en: 'Starting the sandboxes and the services…' });
  /** @type {Address[]} */
  const addresses = [];
  const sandboxes = standIns
    .filter(({ kind }) => kind !== 'component')
    .map((standIn) => {
      const { kind, port } = standIn;
      const args = sandboxArguments(standIn, configuration, dirname(file));
      const program = begin({ name: `sandbox-${kind}-${port}`, program: sandboxProgram(kind), args, port });
      addresses.push({ name: titles[kind], url: program.url });
      return program;
    });
  await Promise.all(sandboxes.map((sandbox) => untilUp(sandbox)));

  const needed = neededServices(configuration);
  const healthOf = (/** @type {string} */ name) => `health of ${name}`;
  const free = await choosePorts([...needed, ...needed.map(healthOf)], {
    remembered: { console: known.console, 'onec-component': standIns.find(({ kind }) => kind === 'component')?.port },
    taken: Object.values(rabbit.ports ?? {}),
  });
  const services = needed.map((name) => ({
    name,
    program: programOf(name),
    port: /** @type {number} */ (free[name]),
    healthPort: free[healthOf(name)],
  }));
  const { ours, byHand } = divide(services, without);
  const poller = ours.filter(({ name }) => name === 'onec-poller');
  // the others first: with all queues consumed the first student's way is the whole way
  for (const wave of [ours.filter((service) => !poller.includes(service)), poller]) {
    const programs = wave.map(begin);
    await Promise.race([
      Promise.all(programs.map((program) => untilUp(program, { path: '/health/ready', healthy: true }))),
      failure,
    ]);
    // before the first student is through, and before all other addresses
    const served = programs.find(({ name }) => name === 'console');
    if (!served) continue;
    const { publicUrl } = configuration?.console?.http ?? {};
    const first = await consoleAddresses(served, { isDemo: config === undefined, publicUrl, env, directory });
    addresses.unshift(...first);
    endLive();
    showAddresses(first);
  }
  if (rabbit.api) addresses.push({ name: titles.rabbit, url: rabbit.api.replace(/\/\/[^@/]*@/, '//') });
  endLive();
  const names = ours.map(({ name }) => name);
  say({
    ru: `Работают службы: ${names.join(', ')} (${Math.round((Date.now() - begun) / 1000)} с).`,
    en: `The services are up: ${names.join(', ')} (${Math.round((Date.now() - begun) / 1000)} s).`,
  });
  for (const service of byHand) showCommands(service, leaveEnvironment(service, env, directory));

  const followed = followProgress(env.DATABASE_URL, {
    component: Boolean(configuration?.onecComponent),
    stopped: () => stopping,
  });
  const progress = await Promise.race([followed, failure, interrupted.then(() => undefined)]);
  if (!progress) return;
  const files = config ? undefined : imsFolderOf(directory);
  showSummary({ progress, seconds: Math.round((Date.now() - begun) / 1000), addresses, logs, files });
  await Promise.race([failure, interrupted]);
}
