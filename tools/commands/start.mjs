/**
 * `npm start [-- --config FILE] [--without SERVICE]`: everything from a fresh clone. Without a configuration of its own it shows the
 * demo university; with one it starts no sandbox for a system that points elsewhere. A service left out is started by hand, to debug it.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startArguments } from '../demo/arguments.mjs';
import { divide } from '../demo/other-windows/by-hand.mjs';
import { build } from './preparing/build.mjs';
import { installDependencies } from './preparing/dependencies.mjs';
import { checkoutHash, instanceDirectory } from '../servers/machine/places.mjs';
import { isHeld, openInstance, readState, sweep } from '../servers/instance.mjs';
import { run } from '../demo/run.mjs';
import { serviceNames } from '../services.mjs';
import { Obstacle, runCommand, say } from '../texts.mjs';

/** @param {string} name */
function alreadyRunning(name) {
  const { owner, programs = [], postgres, rabbit } = readState(name);
  const list = [
    ...programs.map((program) => `  ${program.name}  ${program.url}`),
    ...(postgres ? [`  PostgreSQL  127.0.0.1:${postgres.port ?? '—'}`] : []),
    ...(rabbit ? [`  RabbitMQ  ${rabbit.api ?? rabbit.url}`] : []),
  ].join('\n');
  return new Obstacle({
    ru: `Уже запущено (процесс ${owner?.pid ?? '?'}):\n${list}\nОстановить: Ctrl-C в его окне или kill ${owner?.pid ?? ''}`,
    en: `It runs already (process ${owner?.pid ?? '?'}):\n${list}\nTo stop it: Ctrl-C in its window, or kill ${owner?.pid ?? ''}`,
  });
}

await runCommand(async () => {
  const { config, without } = startArguments(process.argv.slice(2));
  // a wrong path or name is told at once, not after a minute
  divide(
    serviceNames().map((name) => ({ name })),
    without,
  );
  if (config && !existsSync(config)) {
    throw new Obstacle({ ru: `Файла конфигурации нет: ${config}`, en: `There is no configuration file ${config}` });
  }
  // the demo begins anew each time, as its sandboxes do; what belongs to somebody's configuration stays
  const name = config ? `start-${checkoutHash(config)}` : 'start';
  const begun = Date.now();

  // what we started does not hold us, nor does waiting for a signal
  setInterval(() => undefined, 60_000);
  const interruption = new AbortController();
  /** @type {Promise<void>} */
  const interrupted = new Promise((resolve) => {
    /** @type {number | undefined} */
    let first;
    const interrupt = () => {
      // npm passes on what the terminal has sent to us too; only a second one later is impatience
      if (first && Date.now() - first > 1_000) process.exit(130);
      if (first) return;
      first = Date.now();
      say({ ru: '\nОстанавливаю…', en: '\nStopping…' });
      interruption.abort();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  });

  if (isHeld(name)) throw alreadyRunning(name);
  await installDependencies();
  await sweep();
  say({ ru: 'Запускаю PostgreSQL и RabbitMQ, собираю…', en: 'Starting PostgreSQL and RabbitMQ, building…' });
  const opening = openInstance(name, { fresh: !config });
  const building = build({ signal: interruption.signal });
  building.catch(() => undefined);
  try {
    const instance = await opening;
    if (!instance) throw alreadyRunning(name);
    const directory = instanceDirectory(name);
    const logs = join(directory, 'logs');
    mkdirSync(logs, { recursive: true });
    await Promise.race([
      interrupted,
      building.then(() => run({ instance, config, without, directory, logs, begun, interrupted })),
    ]);
  } finally {
    const instance = await opening.catch(() => undefined);
    await instance?.close();
  }
});
// what is still waiting somewhere has nothing to wait for
process.exit(process.exitCode ?? 0);
