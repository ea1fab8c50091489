import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';

/**
 * @typedef {object} Locked What is used of an entry of package-lock.json.
 * @property {string} [version]
 * @property {string} [license]
 * @property {boolean} [dev]
 * @property {Record<string, string>} [dependencies]
 *
 * @typedef {Record<string, Locked>} Lock its `packages`, by place
 *
 * @typedef {object} Shipped
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {'image' | 'pages'} where in the image as it is, or bundled into the pages
 */

/** Leave us free to use, change and pass on; what asks for more is a matter for a lawyer first. */
export const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/**
 * Of an SPDX expression: with OR one may choose, with AND all count.
 * @param {string} license
 * @returns {boolean}
 */
export function isAllowed(license) {
  const plain = license.trim().replace(/^\(([^()]*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain.split(/ OR /).some((choice) => choice.split(/ AND /).every((one) => allowed.has(one.trim())));
}

export const readLock = (root = checkout) =>
  /** @type {Lock} */ (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);

/** @param {string} place */
const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Packages that a folder's sources import at run time.
 * @param {string} folder
 */
export function importedBy(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css)$/.test(file) && !/\.(spec|d)\.ts$/.test(file) && !file.includes('node_modules'),
  );
  const imports =
    /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^'";]*?['"]([^.'"#][^'"]*)['"]|\bimport\(\s*['"]([^.'"#][^'"]*)['"]|@import\s+['"]([^.'"][^'"]*)['"]/g;
  const found = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(imports)].map(([, a, b, c]) => a ?? b ?? c ?? ''),
  );
  const names = found.map((path) =>
    path
      .split('/')
      .slice(0, path.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  return [...new Set(names)].filter((name) => !name.startsWith('node:')).sort();
}

/**
 * The packages and all that they need, as Node finds them: beside the one that asks, or further up.
 * @param {Lock} lock
 * @param {readonly string[]} roots
 */
function closure(lock, roots) {
  /** @type {Set<string>} */
  const places = new Set();
  /** @type {(name: string, from: string) => void} */
  const add = (name, from) => {
    for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')))) {
      const place = `${above === '' ? '' : `${above}/`}node_modules/${name}`;
      if (lock[place]) {
        if (places.has(place)) return;
        places.add(place);
        for (const needed of Object.keys(lock[place].dependencies ?? {})) add(needed, place);
        return;
      }
      if (above === '') return;
    }
  };
  for (const root of roots) add(root, '');
  return places;
}

/**
 * Older packages write `licenses`, which the lock leaves out.
 * @param {string} place
 * @param {string} root
 */
function licenseOf(place, root) {
  const file = join(root, place, 'package.json');
  const given = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return given.license?.type ?? given.license ?? given.licenses?.[0]?.type ?? 'UNKNOWN';
}

/**
 * Everything of others that reaches a university: production dependencies, and what the pages are bundled with.
 * @returns {Shipped[]}
 */
export function shipped(root = checkout, lock = readLock(root)) {
  const bundled = closure(
    lock,
    importedBy(join(root, 'apps/web')).filter((name) => lock[`node_modules/${name}`]),
  );
  const all = Object.entries(lock)
    .filter(([place, { dev }]) => place !== '' && (!dev || bundled.has(place)))
    .map(([place, { version = '', license, dev }]) => ({
      name: nameOf(place),
      version,
      license: license ?? licenseOf(place, root),
      where: /** @type {'image' | 'pages'} */ (dev ? 'pages' : 'image'),
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
  // in two places, once
  return [...new Map(all.map((one) => [`${one.name}@${one.version}`, one])).values()];
}
