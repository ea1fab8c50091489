import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { globSync } from 'tinyglobby';
import typescript from 'typescript';

const silent = new Proxy({}, { get: () => () => false });
const options = {
  plugins: null,
  excludedMutations: [],
  mutators: [],
  ignorers: [],
  noHeader: false,
};

/** Every place of the paths, sorted; a path may hold {a,b}. */
export const placesOf = (checkout, patterns) =>
  [patterns]
    .flat()
    .flatMap((pattern) => globSync(pattern, { cwd: checkout }))
    .sort();

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
 * beside them. Answers the mutants.
 */
export async function layOut({ checkout, tree, decisions }) {
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  cpSync(join(checkout, 'dist'), tree, { recursive: true });
  const { imports } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const here = Object.entries(imports).map(([name, path]) => [name, path.replace('./dist/', './')]);
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ type: 'module', imports: Object.fromEntries(here) }));

  const lay = (place, source) => {
    const file = join(tree, place.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script(source, place));
  };
  const harness = join(import.meta.dirname, 'harness.mjs');
  for (const place of placesOf(checkout, [
    'apps/**/testing/*.ts',
    'libs/**/testing/*.ts',
    'apps/**/*.spec.ts',
    'libs/**/*.spec.ts',
  ]))
    lay(
      place,
      readFileSync(join(checkout, place), 'utf8').replaceAll(
        `'@jest/globals'`,
        `'${relative(dirname(join(tree, place)), harness)}'`,
      ),
    );
  const files = placesOf(
    checkout,
    decisions.flatMap((each) => each.files),
  ).map((place) => ({
    name: place,
    mutate: true,
    content: readFileSync(join(checkout, place), 'utf8'),
  }));
  const { files: instrumented, mutants } = await new Instrumenter(silent).instrument(files, options);
  for (const { name, content } of instrumented) lay(name, content);
  // Texts are for people: a test that repeats them proves nothing.
  return mutants.filter(({ mutatorName }) => mutatorName !== 'StringLiteral');
}
