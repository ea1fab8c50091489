/**
 * Where decisions are made without server, broker and database, and the tests that hold them. Left out: what only puts
 * texts together (`failures/of-*.ts`, `errors.ts`, `rules/failures.ts` ...), tables and types, schemas of zod, and what
 * is held by tests with a server (the documents of onec-component, the passes of the services). Three files
 * are left out for time: a fault in `password.ts` costs seconds of scrypt, and the tests of `logging/redact.ts` and of
 * `answers/json-in-text.ts` measure how long it takes, which with sleeping faults in it is too long.
 * @type {import('./build.mjs').Decisions[]}
 */
export const decisions = [
  {
    files: ['apps/onec-poller/{window/{offer,publication},asking/when}.ts', 'libs/window/{choose,ageing}.ts'],
    specs: ['apps/onec-poller/{window/{offer,publication},asking/when}.spec.ts', 'libs/window/{choose,ageing}.spec.ts'],
  },
  {
    files: [
      'apps/user-provisioner/account/ahead.ts',
      'apps/user-provisioner/intake/{arrangement,due,lead-study,person-key}.ts',
      'apps/user-provisioner/rules/{account-content,differences,settings,whose-account}.ts',
      'apps/user-provisioner/rules/template/{missing-names,template}.ts',
      'apps/user-provisioner/rules/username/{choose-usernames,username}.ts',
    ],
    // Not latin.spec.ts and example.spec.ts: every letter of a block, and a file beside the build.
    specs: [
      'apps/user-provisioner/account/ahead.spec.ts',
      'apps/user-provisioner/intake/*.spec.ts',
      'apps/user-provisioner/rules/{account-content,differences,settings,whose-account}.spec.ts',
      'apps/user-provisioner/rules/username/{choose-usernames,username}.spec.ts',
    ],
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
    files: ['apps/success-reporter/rules/request.ts', 'apps/error-flagger/rules/{allowance,request}.ts'],
    specs: 'apps/{success-reporter,error-flagger}/rules/*.spec.ts',
  },
  {
    files: [
      'apps/console/failures/{evidence,letter/{letter,owner,storable}}.ts',
      'apps/console/journal/{copies,entry,gaps}.ts',
      'apps/console/replay/pace.ts',
    ],
    specs:
      'apps/console/{failures/evidence,failures/letter/{letter,owner},journal/{copies,entry,gaps},replay/pace}.spec.ts',
  },
  {
    files: [
      'apps/console/permissions/access.ts',
      'apps/console/queues/{rates,history/roll-up}.ts',
      'apps/console/systems/freshness/freshness.ts',
      'apps/console/http/{cut,known/last-known,security/same-origin}.ts',
      'apps/console/cli/output/table.ts',
    ],
    specs: [
      'apps/console/permissions/access.spec.ts',
      'apps/console/queues/{rates,history/roll-up}.spec.ts',
      'apps/console/systems/freshness/freshness.spec.ts',
      'apps/console/http/{cut,known/last-known,security/same-origin}.spec.ts',
      'apps/console/cli/output/table.spec.ts',
    ],
  },
  { files: 'apps/onec-component/mirror/plain-values.ts', specs: 'apps/onec-component/mirror/plain-values.spec.ts' },
  { files: 'libs/contracts/{text,cloud-event}.ts', specs: 'libs/contracts/{text,cloud-event}.spec.ts' },
  {
    files: 'libs/messaging/{answering,topology}/{dispatch,failure-of,ladder,topology,trial}.ts',
    specs: 'libs/messaging/{answering,topology}/{dispatch,failure-of,ladder,topology,trial}.spec.ts',
  },
  {
    files: [
      'libs/platform/{bisect,per-system}.ts',
      'libs/platform/configuration/address.ts',
      'libs/platform/http/{way,read-answer}.ts',
    ],
    specs: [
      'libs/platform/{bisect,per-system}.spec.ts',
      'libs/platform/configuration/address.spec.ts',
      'libs/platform/http/{way,read-answer}.spec.ts',
    ],
  },
  {
    files: [
      'libs/moodle/{failures/refused-alike,plain-text,accounts/validate}.ts',
      'libs/moodle/transport/{batches,budget,slots,answers/{answer,capability,classify}}.ts',
    ],
    specs: [
      'libs/moodle/{failures/refused-alike,plain-text,accounts/validate}.spec.ts',
      'libs/moodle/transport/{batches,slots,answers/{answer,capability,classify}}.spec.ts',
    ],
  },
  {
    files: [
      'libs/synchronizer/answers/{element,lists,naive-date,page,page-by-record,pairs}.ts',
      'libs/synchronizer/http/charset.ts',
    ],
    specs: [
      'libs/synchronizer/answers/{element,naive-date,page-by-record,pairs}.spec.ts',
      'libs/synchronizer/http/charset.spec.ts',
    ],
  },
  {
    files: 'libs/synchronizer/soap/{classify,envelope,operations,without-names,wsdl,xml}.ts',
    specs: 'libs/synchronizer/soap/{classify,protocol,without-names}.spec.ts',
  },
  { files: 'libs/synchronizer/doctor/answers.ts', specs: 'libs/synchronizer/doctor/answers.spec.ts' },
  { files: 'libs/resilience/system-guard.ts', specs: 'libs/resilience/system-guard.spec.ts' },
  {
    files: 'libs/odata/{mapping/{evaluate,plan,read,value},client/{query,refusal},check/missing}.ts',
    specs: 'libs/odata/{mapping/mapping,client/client,check/check}.spec.ts',
  },
  {
    files: 'libs/reporting/{handler,tell,flags/later,flags/refusals,flags/set-flags}.ts',
    specs: 'libs/reporting/{handler,tell,flags/later,flags/set-flags}.spec.ts',
  },
];
