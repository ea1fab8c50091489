/** Of `npm run build`: the pages, by Vite, unless nothing they are made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';
import { runCommand } from '../texts.mjs';

const sources = join(checkout, 'apps/web');
const built = join(checkout, 'dist/web');
const stamp = join(checkout, 'dist/web.stamp');

/** Of every file of the pages and of the versions they are built with. */
function fingerprint() {
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(join(checkout, 'package-lock.json'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(checkout, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

await runCommand(async () => {
  const now = fingerprint();
  if (existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  const { build } = await import('vite');
  await build({ configFile: join(sources, 'vite.config.mts'), logLevel: 'warn' });
  writeFileSync(stamp, now);
});
