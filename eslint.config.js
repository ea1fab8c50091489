import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
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
const toTests = {
  regex: '(^|/)(test|testing|bench)/|^#[a-z-]+/testing$',
  message: 'Only tests import what is made for tests.',
};
const pastTheDoor = {
  regex: '(^|/)libs/|^#[a-z-]+/(?!testing$)',
  message: 'A library is imported by its name (#messaging, for its tests #messaging/testing): these are its doors.',
};

/** Folders of apps and libraries that a relative path leads to from a sibling folder: `../../user-provisioner/...`. */
const outOfTheApp = {
  regex:
    '^(\\.\\./)+(onec-component|onec-poller|user-provisioner|course-enroller|success-reporter|error-flagger|ims-gateway|console|web)(/|$)',
  message: 'Apps know each other only by events.',
};
const outOfTheLibrary = {
  regex:
    '^(\\.\\./)+(contracts|messaging|resilience|moodle|synchronizer|reporting|odata|ims-enterprise|window|persistence|platform|http-api)(/|$)|(^|/)libs/',
  message: 'A library is imported by its name (#messaging), not by a path.',
};

/** A door says by name what passes: `*` would let out whatever comes to be exported inside. */
const allAtOnce = {
  selector: 'ExportAllDeclaration',
  message: 'A door names what it exports.',
};

/**
 * @param {{ regex: string, message: string }[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const only = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const tests = ['**/*.spec.ts', '**/*.proof.ts', '**/testing/**', '**/conformance/**'];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.local/',
      '.cache/',
      'coverage/',
      'sandbox/moodle/contract/',
      'apps/web/public/',
      'apps/web/src/api/schema.ts',
      'apps/web/src/api/desk-schema.ts',
    ],
  },
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
  { files: ['apps/**/*.{spec,proof}.ts', 'apps/**/testing/**/*.ts'], rules: only(pastTheDoor, outOfTheApp) },
  { files: ['libs/**/*.ts'], ignores: tests, rules: only(toApps, toSandbox, toTests, outOfTheLibrary) },
  {
    files: ['libs/**/*.{spec,proof}.ts', 'libs/**/{testing,conformance}/**/*.ts'],
    rules: only(toApps, outOfTheLibrary),
  },
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
  { files: ['libs/*/index.ts', 'libs/*/testing/index.ts'], rules: { 'no-restricted-syntax': ['error', allAtOnce] } },
  {
    // the pages run in a browser: of ours they know the console's HTTP API and nothing else
    files: ['apps/web/src/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
    rules: {
      ...reactHooks.configs.flat.recommended.rules,
      ...only(toApps, toSandbox, toTests, outOfTheApp, {
        regex: '^#|^node:|^(\\.\\./)+(libs|tools)/',
        message: 'The pages run in a browser and know nothing of the services but their API.',
      }),
    },
  },
  { files: ['sandbox/**/*.ts'], ignores: tests, rules: only(toApps, toTests, outOfTheApp) },
  prettier,
);
