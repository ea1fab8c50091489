import { ESLint } from 'eslint';
import { checkout } from '../servers/machine/places.mjs';

/** Is this import refused in this file? */
async function refused(filePath, imported) {
  const eslint = new ESLint({ cwd: checkout });
  const [result] = await eslint.lintText(`import * as it from '${imported}';\nexport const kept = it;\n`, { filePath });
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return result.messages.some(({ ruleId }) => ruleId === 'no-restricted-imports');
}

test.each([
  ['apps/onec-poller/any.ts', '../user-provisioner/ledger.js'],
  ['apps/onec-poller/deep/any.ts', '../../user-provisioner/ledger.js'],
  ['apps/onec-poller/any.ts', '../../sandbox/moodle/server.js'],
  ['apps/onec-poller/any.ts', '../../libs/messaging/publisher.js'],
  ['libs/moodle/any.ts', '../../apps/onec-poller/ledger.js'],
  ['libs/moodle/any.ts', '../../sandbox/moodle/server.js'],
  ['libs/moodle/any.ts', '../contracts/index.js'],
  ['libs/contracts/any.ts', '#platform'],
  ['libs/contracts/any.ts', '@nestjs/common'],
  ['libs/contracts/any.ts', 'typeorm'],
  ['libs/contracts/any.ts', 'amqplib'],
  ['sandbox/onec/any.ts', '../../apps/onec-component/clock.js'],
  ['apps/onec-poller/any.spec.ts', '../user-provisioner/ledger.js'],
])('%s may not import %s', async (file, imported) => {
  expect(await refused(file, imported)).toBe(true);
});

test.each([
  ['apps/onec-poller/any.ts', '#messaging'],
  ['apps/onec-poller/any.ts', './ledger.js'],
  ['apps/onec-component/registers/any.ts', '../tables/index.js'],
  ['apps/onec-poller/any.spec.ts', '../../sandbox/onec/server.js'],
  ['libs/moodle/any.ts', '#contracts'],
  ['libs/moodle/any.ts', './transport/caller.js'],
  ['libs/moodle/any.spec.ts', '../../sandbox/moodle/server.js'],
  ['libs/contracts/any.ts', 'zod'],
  ['sandbox/onec/any.ts', '#synchronizer'],
])('%s may import %s', async (file, imported) => {
  expect(await refused(file, imported)).toBe(false);
});
