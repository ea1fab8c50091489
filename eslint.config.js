import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom: apps never apps; libs never apps or sandbox; apps never sandbox; contracts nothing of ours
 * and no framework. Tests may use the sandbox.
 */
const toApps = {
  regex: '^#apps|(^|/)apps/',
  message: 'Nothing imports an app: say it by an event, or move it to libs.',
};
const toSandbox = {
  regex: '(^|/)sandbox/',
  message: 'The sandbox stands in for other people’s servers; only tests use it.',
};
const toTests = { regex: '(^|/)(test|testing|bench)/', message: 'Only tests import what is made for tests.' };
const pastTheDoor = {
  regex: '(^|/)libs/[^/]+/(?!testing/)|^#[a-z]+/',
  message: 'A library is imported by its name (#messaging): its index.ts is its door.',
};

/** Folders of apps and libraries that a relative path leads to from a sibling folder: `../../user-provisioner/...`. */
const outOfTheApp = {
  regex:
    '^(\\.\\./)+(onec-component|onec-poller|user-provisioner|course-enroller|success-reporter|error-flagger|ims-gateway|console|web)(/|$)',
  message: 'Apps know each other only by events.',
};
const outOfTheLibrary = {
  regex:
    '^(\\.\\./)+(contracts|messaging|resilience|moodle|synchronizer|odata|ims-enterprise|persistence|platform)(/|$)',
  message: 'A library is imported by its name (#messaging), not by a path.',
};

const only = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const tests = ['**/*.spec.ts', '**/*.proof.ts', '**/testing/**'];

export default tseslint.config(
  { ignores: ['dist/', '.local/', '.cache/', 'coverage/', 'sandbox/moodle/contract/', 'apps/web/**/*.js'] },
  ...tseslint.configs.recommended,
  {
    // classes in decorated signatures are needed at run time
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      // a Nest module is a class whose whole content is its decorator
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['apps/**/*.ts'], ignores: tests, rules: only(toApps, toSandbox, toTests, pastTheDoor, outOfTheApp) },
  { files: ['apps/**/*.{spec,proof}.ts'], rules: only(pastTheDoor, outOfTheApp) },
  { files: ['libs/**/*.ts'], ignores: tests, rules: only(toApps, toSandbox, toTests, outOfTheLibrary) },
  { files: ['libs/**/*.{spec,proof}.ts'], rules: only(toApps, outOfTheLibrary) },
  {
    files: ['libs/contracts/**/*.ts'],
    ignores: tests,
    rules: only(
      toApps,
      toSandbox,
      outOfTheLibrary,
      { regex: '^#', message: 'Contracts import nothing of ours.' },
      { regex: '^(@nestjs/|amqplib|typeorm|pg$|opossum|rxjs)', message: 'Contracts know no framework.' },
    ),
  },
  { files: ['sandbox/**/*.ts'], ignores: tests, rules: only(toApps, toTests, outOfTheApp) },
  prettier,
);
