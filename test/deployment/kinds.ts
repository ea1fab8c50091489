/* eslint-disable @typescript-eslint/no-explicit-any -- each kind's own: the compiler checks them as values of their types */
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: any;
}

/** Where the types of a kind lie: of operators in packages of their own, or in ours. */
const places: Record<string, string> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'postgresql.cnpg.io': './operator-kinds.js',
  'external-secrets.io': './operator-kinds.js',
  'rabbitmq.com': './operator-kinds.js',
};
const typesOf = ({ apiVersion, kind }: Manifest): string => {
  const place = places[apiVersion.split('/')[0]!] ?? 'kubernetes-models';
  return place.startsWith('.') ? place : `${place}/${apiVersion}/${kind}`;
};

/** What the compiler says of manifests written down as values of their kind's own type: it knows every field there is. */
export function faultsOf(manifests: readonly Manifest[]): string[] {
  const file = join(root, 'test/deployment/manifests-of-kinds.ts');
  const text = manifests
    .map(
      (manifest, index) =>
        `import type { I${manifest.kind} as Kind${index} } from '${typesOf(manifest)}';\n` +
        `export const m${index}: Kind${index} = ${JSON.stringify(manifest, null, 1)};\n`,
    )
    .join('');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
