import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../../servers/machine/places.mjs';

/** Options of jest whose next word is their value and no file. */
const withValue = new Set(['-t', '--testNamePattern', '-w', '--maxWorkers', '--testTimeout', '--seed', '--shard']);

/**
 * What of jest's arguments names files: parts of paths.
 * @param {readonly string[]} args
 */
export function namedPaths(args) {
  return args.filter((argument, index) => !argument.startsWith('-') && !withValue.has(args[index - 1] ?? ''));
}

/**
 * Does the run ask for tests by their names? Then the others are skipped.
 * @param {readonly string[]} args
 */
export function isByName(args) {
  return args.some((argument) => /^(-t|--testNamePattern)(=|$)/.test(argument));
}

const pattern = (/** @type {string} */ part) => {
  try {
    return new RegExp(part, 'i');
  } catch {
    return new RegExp(part.replace(/[^\w/]/g, '\\$&'), 'i');
  }
};

const folders = ['apps', 'libs', 'sandbox', 'test', 'tools', 'bench'];

/**
 * The specs that such parts of paths mean, as jest takes them.
 * @param {readonly string[]} parts
 */
export function specsOf(parts, root = checkout) {
  const patterns = parts.map(pattern);
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => /\.spec\.(ts|mjs)$/.test(file))
    .filter((spec) => patterns.some((each) => each.test(`./${spec}`) || each.test(join(root, spec))));
}

/**
 * Where an import of ours leads: `./x.js` to `x.ts`, `#messaging` to its door. Undefined: no file of ours.
 * @param {string} imported
 * @param {string} from
 * @param {string} root
 */
function fileOf(imported, from, root) {
  const path = imported.startsWith('#')
    ? join(root, 'libs', imported.slice(1), 'index.ts')
    : imported.startsWith('.')
      ? join(dirname(from), imported)
      : undefined;
  if (!path) return undefined;
  return [path.replace(/\.js$/, '.ts'), path].find(
    (candidate) => /\.m?[jt]s$/.test(candidate) && existsSync(candidate),
  );
}

const imports =
  /^(?:import|export)\s+(?!type\b)[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/**
 * What specs need beside node_modules, read from them and from all that they import: the servers of the environment,
 * or the built programs.
 * @param {readonly string[]} specs
 */
export function needsOf(specs, root = checkout) {
  const needs = { servers: false, build: false };
  const known = new Set(specs.map((spec) => join(root, spec)));
  for (const file of known) {
    const content = readFileSync(file, 'utf8');
    needs.servers ||= content.includes('process.env.ITK_TEST_');
    // what the commands build they do not run in their specs
    needs.build ||= file.endsWith('.ts') && /['"`/]dist\//.test(content);
    for (const [, ...names] of content.matchAll(imports)) {
      const found = fileOf(names.find(Boolean) ?? '', file, root);
      if (found) known.add(found);
    }
  }
  return needs;
}
