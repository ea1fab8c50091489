/**
 * `npm run service -- [--inspect] NAME`: one service alone, as in production: nothing is started beside it, its addresses and
 * its configuration come from the environment (DATABASE_URL, AMQP_URL, ITK_CONFIG, PORT, HEALTH_PORT).
 * With `--inspect` (or --inspect-brk, --inspect=PORT) a debugger may join it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { exitCodeOf, passOn } from '../servers/machine/processes.mjs';
import { flagsOf, programOf, serviceEnvironment, serviceNames } from '../services.mjs';
import { Obstacle, runCommand } from '../texts.mjs';

await runCommand(async () => {
  const given = process.argv.slice(2);
  const isInspect = (/** @type {string} */ argument) => /^--inspect(-brk)?(=|$)/.test(argument);
  const [name, ...rest] = given.filter((argument) => !isInspect(argument));
  const known = serviceNames();
  if (name === undefined || !known.includes(name)) {
    const list = known.map((service) => `  ${service}`).join('\n');
    throw new Obstacle({
      ru: `${name ? `Службы «${name}» нет.` : 'Назовите службу: npm run service -- ИМЯ.'} Есть:\n${list}`,
      en: `${name ? `There is no service "${name}".` : 'Name the service: npm run service -- NAME.'} There are:\n${list}`,
    });
  }
  if (!existsSync(programOf(name))) {
    throw new Obstacle({
      ru: `Служба «${name}» не собрана: выполните npm run build.`,
      en: `The service "${name}" is not built: run npm run build.`,
    });
  }
  const inspected = given.filter(isInspect);
  const inspect = inspected.length > 0 ? ['--enable-source-maps', ...inspected] : [];
  const child = spawn(process.execPath, [...flagsOf(name), ...inspect, programOf(name), ...rest], {
    stdio: 'inherit',
    env: { ...serviceEnvironment, ...process.env },
  });
  // in a terminal a Ctrl-C comes to both of us: the service takes the second one for the first
  passOn(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'], child);
  process.exitCode = await exitCodeOf(child);
});
