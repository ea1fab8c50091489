/**
 * `npm run itk -- COMMAND`: the operators' command line. While `npm start` runs in another window, with whatever
 * configuration, it works on that; otherwise its addresses and its configuration come from the environment (DATABASE_URL, AMQP_URL, ITK_CONFIG).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { environmentForCommandLine } from '../demo/command-line.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { Obstacle, runCommand } from '../texts.mjs';

await runCommand(async () => {
  const program = join(checkout, 'dist/apps/console/cli/main.js');
  if (!existsSync(program)) {
    throw new Obstacle({
      ru: 'Командная строка не собрана: выполните npm run build.',
      en: 'The command line is not built: run npm run build.',
    });
  }
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: environmentForCommandLine(process.env),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve) => child.once('close', (...result) => resolve(result)));
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});
