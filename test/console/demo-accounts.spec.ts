import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf } from '#persistence';
import { configurationFolder, leastConfiguration } from '#platform/testing';
import { HttpSetup } from '../../apps/console/testing/http-setup.js';
import { consoleAddresses } from '../../tools/demo/console-account.mjs';

const http = new HttpSetup();
const { folder: directory, file, remove } = configurationFolder(leastConfiguration);
beforeAll(() => http.open());
afterAll(async () => {
  await http.close();
  remove();
});

it('the demo shows two accounts, and each signs in to what it is for', async () => {
  mkdirSync(join(directory, 'secrets'));
  const env = {
    ...process.env,
    ...{ DATABASE_URL: addressOf(http.dataSource), AMQP_URL: 'amqp://127.0.0.1', ITK_CONFIG: file },
  };
  const shown = await consoleAddresses({ url: http.url, log: '' }, { isDemo: true, env, directory });
  const permissions = await Promise.all(
    shown.map(async ({ name, url }) => {
      const [, login, password] = /\((\S+) \/ (\S+)\)$/.exec(name.en)!;
      const browser = http.browser();
      const { status, body } = await browser.post('/api/session', { login, password });
      expect([status, new URL(url).origin]).toEqual([200, http.url]);
      return body.user.permissions as string[];
    }),
  );
  const [administrator, els] = permissions;
  expect(administrator).toEqual(expect.arrayContaining(['failures.mend', 'users.manage', 'desk.read']));
  expect(administrator).not.toContain('desk.post');
  expect(els).toEqual(expect.arrayContaining(['desk.post', 'desk.cancel']));
  expect(els).not.toContain('users.manage');
}, 60_000);
