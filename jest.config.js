import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Tests stand beside what they test; `*.spec.ts` runs in `npm test`, `*.proof.ts` in `npm run proof`. */
const proof = process.env.ITK_PROOF === '1';

export default {
  rootDir: import.meta.dirname,
  roots: ['apps', 'libs', 'sandbox', 'test', 'tools', 'bench']
    .map((folder) => join(import.meta.dirname, folder))
    .filter((folder) => existsSync(folder)),
  testMatch: proof ? ['**/*.proof.ts'] : ['**/*.spec.ts', '**/tools/**/*.spec.mjs'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#(contracts|messaging|resilience|moodle|synchronizer|ims-enterprise|window|reporting|odata|persistence|platform|http-api)$':
      '<rootDir>/libs/$1/index.ts',
    '^#([a-z-]+)/testing$': '<rootDir>/libs/$1/testing/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: 'tsconfig.json', diagnostics: false }] },
  testTimeout: proof ? 3_600_000 : 60_000,
  maxWorkers: 2,
  // Modules of finished files stay in a worker's heap, some 20 MB each: whole collections of gigabytes stand still for seconds.
  workerIdleMemoryLimit: '700MB',
};
