import { ESLint } from 'eslint';
import { checkout } from '../servers/machine/places.mjs';

/**
 * What the linter says of a text, as if it stood in this file.
 * @param {string} text
 * @param {string} filePath
 */
async function messagesOf(text, filePath) {
  const results = await new ESLint({ cwd: checkout }).lintText(text, { filePath });
  return results.flatMap(({ messages }) => messages);
}

/**
 * Is this import refused in this file?
 * @param {string} filePath
 * @param {string} imported
 */
async function refused(filePath, imported) {
  const messages = await messagesOf(`import * as it from '${imported}';\nexport const kept = it;\n`, filePath);
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return messages.some(({ ruleId }) => ruleId === 'no-restricted-imports');
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
  ['libs/moodle/any.spec.ts', '../../libs/platform/http/way.js'],
  ...['apps/onec-poller', 'libs/moodle', 'libs/contracts', 'sandbox/onec'].map((place) => [
    `${place}/any.ts`,
    '#persistence/testing',
  ]),
  ['apps/onec-poller/any.spec.ts', '#persistence/advisory-lock.js'],
  ['apps/onec-poller/any.spec.ts', '../../libs/persistence/testing/eventually.js'],
  ['apps/onec-poller/any.spec.ts', '../user-provisioner/ledger.js'],
  ['apps/web/src/any.tsx', '#contracts'],
  ['apps/web/src/any.tsx', '../../console/http/schemas.js'],
  ['apps/web/src/any.tsx', 'node:fs'],
])('%s may not import %s', async (file, imported) => {
  expect(await refused(file, imported)).toBe(true);
});

test('a door names what it exports', async () => {
  for (const door of ['libs/moodle/index.ts', 'libs/moodle/testing/index.ts']) {
    const messages = await messagesOf(`export * from './client.js';\n`, door);
    expect(messages.map(({ message }) => message)).toEqual(['A door names what it exports.']);
  }
});

test.each([
  ['apps/onec-poller/any.ts', '#messaging'],
  ['apps/onec-poller/any.ts', './ledger.js'],
  ['apps/onec-component/registers/any.ts', '../ledger/schema.js'],
  ['apps/onec-poller/any.spec.ts', '../../sandbox/onec/server.js'],
  ['libs/moodle/any.ts', '#contracts'],
  ['libs/moodle/any.ts', './transport/caller.js'],
  ['libs/moodle/any.spec.ts', '../../sandbox/moodle/server.js'],
  ...['apps/onec-poller/any.spec.ts', 'apps/console/testing/any.ts', 'libs/moodle/any.spec.ts', 'test/walk/any.ts'].map(
    (place) => [place, '#persistence/testing'],
  ),
  ['bench/messaging/any.ts', '#messaging/testing'],
  ['libs/contracts/any.ts', 'zod'],
  ['sandbox/onec/any.ts', '#synchronizer'],
  ['apps/web/src/any.tsx', './parts/state.js'],
])('%s may import %s', async (file, imported) => {
  expect(await refused(file, imported)).toBe(false);
});
