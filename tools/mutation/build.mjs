import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { globSync } from 'tinyglobby';
import typescript from 'typescript';

/** @typedef {{ files: string | string[], specs: string | string[] }} Decisions Paths may hold {a,b} and *. */

/** @type {ConstructorParameters<typeof Instrumenter>[0]} */
const silent = new Proxy(/** @type {never} */ ({}), { get: () => () => false });
const options = {
  plugins: null,
  excludedMutations: [],
  mutators: [],
  ignorers: [],
  noHeader: false,
};

/** By paths from their own place. */
const whatSpecsRead = ['config/itk.example.yaml', 'config/mappings/*.yaml', 'sandbox/moodle/contract/*.json'];

/**
 * Every file of the paths, sorted; a path may hold {a,b}.
 * @param {string} checkout
 * @param {string | string[]} patterns
 */
export const filesOf = (checkout, patterns) =>
  [patterns]
    .flat()
    .flatMap((pattern) => globSync(pattern, { cwd: checkout }))
    .sort();

/**
 * @param {string} source
 * @param {string} fileName
 */
const script = (source, fileName) =>
  typescript.transpileModule(source, {
    fileName,
    compilerOptions: {
      module: typescript.ModuleKind.ESNext,
      target: typescript.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  }).outputText;

/**
 * Lays a copy of what `npm run build` made into `tree`, with all mutants of the decisions in it, asleep, and the tests
 * beside them.
 * @param {{ checkout: string, tree: string, decisions: readonly Decisions[] }} options
 * @returns the mutants
 */
export async function layOut({ checkout, tree, decisions }) {
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  cpSync(join(checkout, 'dist'), tree, { recursive: true });
  /** @type {{ imports: Record<string, string> }} */
  const { imports } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const here = Object.entries(imports).map(([name, path]) => [name, path.replace('./dist/', './')]);
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ type: 'module', imports: Object.fromEntries(here) }));

  /** @type {(path: string, source: string) => void} */
  const lay = (path, source) => {
    const file = join(tree, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script(source, path));
  };
  for (const path of filesOf(checkout, whatSpecsRead)) cpSync(join(checkout, path), join(tree, path));
  const harness = join(import.meta.dirname, 'harness.mjs');
  for (const path of filesOf(checkout, [
    'apps/**/testing/*.ts',
    'libs/**/testing/*.ts',
    'apps/**/*.spec.ts',
    'libs/**/*.spec.ts',
  ]))
    lay(
      path,
      readFileSync(join(checkout, path), 'utf8').replaceAll(
        `'@jest/globals'`,
        `'${relative(dirname(join(tree, path)), harness)}'`,
      ),
    );
  const files = filesOf(
    checkout,
    decisions.flatMap((each) => each.files),
  ).map((path) => ({
    name: path,
    mutate: true,
    content: readFileSync(join(checkout, path), 'utf8'),
  }));
  const { files: instrumented, mutants } = await new Instrumenter(silent).instrument(files, options);
  for (const { name, content } of instrumented) lay(name, content);
  // Texts are for people: a test that repeats them proves nothing.
  return mutants.filter(({ mutatorName }) => mutatorName !== 'StringLiteral');
}
