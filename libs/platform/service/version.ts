import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The product's, out of its package.json, which lies above the sources as well as above what is built. */
export function productVersion(folder = import.meta.dirname): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version ?? '';
  return dirname(folder) === folder ? '' : productVersion(dirname(folder));
}
