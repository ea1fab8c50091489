/**
 * Where decisions are made without server, broker and database, and the tests that hold them.
 * @type {import('./build.mjs').Decisions[]}
 */
export const decisions = [
  {
    files: 'apps/onec-poller/{window/{offer,choose,publication},asking/when}.ts',
    specs: 'apps/onec-poller/{window/{offer,choose},asking/when}.spec.ts',
  },
  {
    files: [
      'apps/user-provisioner/intake/{arrangement,due,lead-study,person-key}.ts',
      'apps/user-provisioner/rules/{account-content,differences,whose-account}.ts',
      'apps/user-provisioner/rules/username/{choose-usernames,template,username}.ts',
    ],
    specs: 'apps/user-provisioner/{intake,rules,rules/username}/*.spec.ts',
  },
  {
    files: [
      'apps/course-enroller/intake/{bindings,intake,study}.ts',
      'apps/course-enroller/rules/{desired,failures,grouping,period,plan,verdict}.ts',
      'apps/course-enroller/removals/removals.ts',
    ],
    specs: ['apps/course-enroller/{intake,rules}/*.spec.ts', 'apps/course-enroller/removals/removals.spec.ts'],
  },
  {
    files: [
      'apps/console/failures/{evidence,letter/letter}.ts',
      'apps/console/journal/gaps.ts',
      'apps/console/replay/pace.ts',
    ],
    specs: 'apps/console/{failures/evidence,failures/letter/letter,journal/gaps,replay/pace}.spec.ts',
  },
  { files: 'libs/contracts/text.ts', specs: 'libs/contracts/text.spec.ts' },
  {
    files: 'libs/messaging/{answering,topology}/{dispatch,failure-of,ladder,topology,trial}.ts',
    specs: 'libs/messaging/{answering,topology}/{dispatch,failure-of,ladder,topology,trial}.spec.ts',
  },
  {
    files: [
      'libs/platform/bisect.ts',
      'libs/moodle/failures/refused-alike.ts',
      'libs/moodle/transport/{batches,answers/classify}.ts',
    ],
    specs:
      'libs/{platform/bisect,moodle/failures/refused-alike,moodle/transport/batches,moodle/transport/answers/classify}.spec.ts',
  },
  {
    files: 'libs/synchronizer/answers/{element,lists,page,page-by-record}.ts',
    specs: 'libs/synchronizer/answers/{element,page-by-record}.spec.ts',
  },
  {
    files: 'libs/reporting/{handler,tell,flags/later,flags/refusals,flags/set-flags}.ts',
    specs: 'libs/reporting/{handler,tell,flags/later,flags/set-flags}.spec.ts',
  },
];
