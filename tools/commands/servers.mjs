/**
 * PostgreSQL and RabbitMQ for developers:
 *   npm run servers -- up | down | env | restart-postgres | restart-rabbit   [--instance NAME]
 * `up` starts what does not run and leaves it running; `npm test -- FILE` then uses it. `eval "$(npm run -s servers -- env)"` gives
 * the addresses to whatever else runs tests.
 */
import { installDependencies } from './preparing/dependencies.mjs';
import {
  developers,
  endInstance,
  keepInstance,
  readState,
  runningServers,
  testEnvironment,
  writeState,
} from '../servers/instance.mjs';
import { withLock } from '../servers/machine/lock.mjs';
import { instanceDirectory } from '../servers/machine/places.mjs';
import { stopPostgres } from '../servers/postgres/postgres.mjs';
import { quoted } from '../servers/machine/processes.mjs';
import { stopRabbit } from '../servers/rabbitmq/rabbitmq.mjs';
import { Obstacle, runCommand, say } from '../texts.mjs';

/** @import { Servers } from '../servers/instance.mjs' */

const args = process.argv.slice(2);
const position = args.indexOf('--instance');
const name = (position < 0 ? developers : args[position + 1]) ?? '';

async function up() {
  await installDependencies();
  const { postgres, rabbit } = await keepInstance(name);
  say({
    ru: `PostgreSQL  ${postgres.url}\nRabbitMQ    ${rabbit.url}\nУправление  ${rabbit.api}\nОстановить: npm run servers -- down`,
    en: `PostgreSQL  ${postgres.url}\nRabbitMQ    ${rabbit.url}\nManagement  ${rabbit.api}\nTo stop: npm run servers -- down`,
  });
}

async function down() {
  await endInstance(name);
  say({ ru: 'Остановлено; данные сохранены.', en: 'Stopped; the data stay.' });
}

function env() {
  const servers = runningServers(name);
  if (!servers) {
    throw new Obstacle({
      ru: `Экземпляр «${name}» не запущен: npm run servers -- up`,
      en: `The instance "${name}" does not run: npm run servers -- up`,
    });
  }
  const lines = Object.entries(testEnvironment(servers)).map(([key, value]) => `export ${key}=${quoted(value)}\n`);
  process.stdout.write(lines.join(''));
}

/**
 * @template {keyof Servers} Part
 * @param {Part} part
 * @param {(server: Servers[Part]) => unknown} stop
 */
async function restart(part, stop) {
  const state = readState(name);
  if (state.owner) {
    throw new Obstacle({
      ru: `Экземпляром «${name}» управляет другой процесс; перезапускать можно то, что запущено через up.`,
      en: `The instance "${name}" is in another process's hands; only what was started by up can be restarted.`,
    });
  }
  const server = /** @type {Servers[Part] | undefined} */ (state[part]);
  if (server && !server.external) await stop(server);
  writeState(name, state);
  await keepInstance(name);
}

/** @type {{ readonly [name: string]: () => unknown }} */
const commands = {
  up,
  down,
  env,
  'restart-postgres': () => restart('postgres', stopPostgres),
  'restart-rabbit': () => restart('rabbit', stopRabbit),
};

await runCommand(async () => {
  const command = commands[args[0] ?? ''];
  if (!command || !name) {
    throw new Obstacle({
      ru: `Команды: ${Object.keys(commands).join(', ')} [--instance ИМЯ]`,
      en: `Commands: ${Object.keys(commands).join(', ')} [--instance NAME]`,
    });
  }
  if (args[0] === 'env') return env();
  return withLock(`${instanceDirectory(name)}.command.lock`, command);
});
