/**
 * `npm run itk -- COMMAND`: the operators' command line. While `npm start` runs in another window, with whatever
 * configuration, it works on that; otherwise its addresses and its configuration come from the environment (DATABASE_URL, AMQP_URL, ITK_CONFIG).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentForCommandLine } from '../demo/other-windows/command-line.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { exitCodeOf, passOn } from '../servers/machine/processes.mjs';
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
  passOn(['SIGINT', 'SIGTERM', 'SIGHUP'], child);
  process.exitCode = await exitCodeOf(child);
});
