import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { loadConfiguration } from '#platform';
import { configurationFolder, leastConfiguration } from '#platform/testing';
import { failure, sow } from '../../apps/console/testing/seeds.js';
import { accessibilityFaults } from '../harness/browser.js';
import { PagesSetup, unexpected } from './pages-setup.js';

const again = (page: Page) => page.getByRole('button', { name: 'Попробовать снова' });
const setup = new PagesSetup();
beforeAll(async () => {
  await setup.open();
  await setup.addUser('ivanova', 'Ivanova A. P.', 'administrator');
}, 60_000);
afterAll(() => setup.close());

/** What the service takes from a configuration with this in it. */
function noticesOf(example: string): object {
  const { file, remove } = configurationFolder(`${leastConfiguration}${example}\n`);
  try {
    return loadConfiguration(file, { DATABASE_URL: 'postgres://here/itk', AMQP_URL: 'amqp://here' }).console.notices;
  } finally {
    remove();
  }
}

describe('where nothing has happened yet', () => {
  let visited: Page;
  beforeAll(async () => {
    visited = (await setup.visitAs('ivanova')).page;
  });
  afterAll(() => visited?.context().close());

  it.each([
    ['/', '1С ещё никого не передала'],
    ['/failures', 'Неудач нет'],
    ['/failures?view=list', 'Неудач нет'],
    ['/failures/group/aaaaaaaa99', 'Такой причины больше нет'],
    ['/replays', 'Повторов ещё не было'],
    ['/students?code=0001', 'Таких студентов журнал не знает'],
    ['/students/000019999', 'Об этом студенте ничего не известно'],
    ['/journal', 'Журнал пуст'],
    ['/queues/lms/onec-poller', 'Замеров ещё нет'],
    ['/systems', 'Ещё не осматривали.'],
    ['/audit?by=nobody', 'Записей нет'],
    ['/notices', 'Ничего не ждёт человека'],
  ])('%s says so: %s', async (address, text) => {
    await visited.goto(address);
    await visited.getByText(text).first().waitFor();
  });

  it('notices tell an administrator what to set up, with an example that the configuration takes', async () => {
    const { page } = await setup.visitAs('ivanova', { viewport: { width: 360, height: 720 } });
    await page.goto('/notices');
    const example = await page.getByRole('region', { name: 'Например:' }).innerText();
    for (const name of ['mail', 'webhook', 'heartbeat', 'quietHours'])
      await page.getByText(`console.notices.${name}`, { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(noticesOf(example)).toMatchObject({
      mail: { to: ['operators@example.edu'], security: 'starttls' },
      heartbeat: { url: expect.stringContaining('watch.example.edu') },
    });
    await page.context().close();
  });

  it('whoever cannot set notices up is told who can', async () => {
    await setup.addUser('zorin', 'Zorin P. P.', 'viewer');
    const { page } = await setup.visitAs('zorin');
    await page.goto('/notices');
    await page.getByText('Никому: это настраивает тот, кто ведёт консоль').waitFor();
    expect(await page.getByRole('region', { name: 'Например:' }).count()).toBe(0);
    await page.context().close();
  });
});

/** One address of each page, by its path in the router. */
const addresses: Record<string, string> = {
  '/': '/',
  '/failures': '/failures',
  '/failures/group/$group': '/failures/group/aaaaaaaa01',
  '/failures/one': '/failures/one?id=x',
  '/replays': '/replays',
  '/replays/$id': '/replays/7f1c0a52-1111-4222-8333-444455556666',
  '/queues': '/queues',
  '/queues/$system/$service': '/queues/lms/course-enroller',
  '/systems': '/systems',
  '/systems/$system': '/systems/lms',
  '/students': '/students?code=00001',
  '/students/$code': '/students/000010200',
  '/journal': '/journal',
  '/mapping': '/mapping',
  '/files': '/files',
  '/files/$system/$file': '/files/lms/27',
  '/notices': '/notices',
  '/audit': '/audit',
  '/users': '/users',
  '/desk/documents': '/desk/documents',
  '/desk/documents/$id': '/desk/documents/00000000-0000-4000-8000-000000000001',
  '/desk/els': '/desk/els',
  '/desk/curricula': '/desk/curricula',
  '/desk/groups': '/desk/groups',
  '/desk/groups/$code': '/desk/groups/g1',
  '/desk/students': '/desk/students',
  '/desk/students/$code': '/desk/students/s1',
  '/desk/synchronization': '/desk/synchronization',
};
/** Nobody is signed in there yet, or there is nothing to be asked for. */
const outside = ['/welcome', '/sign-in', '/signed-in', '$'];

describe('a page whose answers do not come', () => {
  it('is one of these', () => {
    const router = readFileSync('apps/web/src/router.tsx', 'utf8');
    const paths = [...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path!);
    expect([...Object.keys(addresses), ...outside].sort()).toEqual(paths.sort());
  });

  it('has its name, says that it waits, then what went wrong, and asks again: each of them', async () => {
    const { page, complaints } = await setup.visitAs('ivanova');
    let held: Route[] = [];
    let fails = false;
    await page.route('**/api/**', async (route) => {
      if (/\/api\/(session|live)/.test(route.request().url())) return route.continue();
      if (fails) return route.fulfill({ status: 500, body: '' });
      held.push(route);
    });
    for (const address of Object.values(addresses)) {
      [held, fails] = [[], false];
      await page.goto(address);
      await page.locator('main h1').waitFor();
      await page.locator('main [aria-busy=true]').first().waitFor();
      expect([address, await page.title()]).toEqual([address, expect.stringMatching(/.+ · Синхронизация 1С и Moodle/)]);
      fails = true;
      await Promise.all(held.map((route) => route.fulfill({ status: 500, body: '' })));
      await page.getByRole('alert').getByText('Консоль ответила ошибкой 500').first().waitFor();
      await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
      await page.locator('main h1').waitFor();
      expect([address, await accessibilityFaults(page)]).toEqual([address, []]);
      const asked = page.waitForRequest(/\/api\/(?!session|live)/);
      await again(page).first().click();
      await asked;
    }
    expect(unexpected(complaints).filter((error) => !/status of 500/.test(error))).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('comes back by itself when the console does, or when it is asked to', async () => {
    await sow(setup.http.dataSource, failure({ code: '000010300', about: '51', fingerprint: 'aaaaaaaa51' }));
    const { page } = await setup.visitAs('ivanova');
    let away = true;
    await page.route('**/api/failures/**', (route) => (away ? route.fulfill({ status: 500 }) : route.continue()));
    await page.goto('/failures/group/aaaaaaaa51');
    await again(page).waitFor();
    away = false;
    // it may have asked by itself in between, and then there is no button any more
    await again(page)
      .click({ timeout: 5_000 })
      .catch(() => undefined);
    await page.getByRole('heading', { name: 'В Moodle нет курса 51' }).waitFor();
    await page.context().close();
  }, 90_000);

  it('keeps what it has shown, and says of when that is', async () => {
    const { page } = await setup.visitAs('ivanova');
    let away = false;
    // every beat that follows a new connection has the page read everything anew
    await page.route('**/api/live', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: 'retry: 200\nevent: beat\ndata: {}\n\n' }),
    );
    await page.route('**/api/users', (route) => (away ? route.fulfill({ status: 500 }) : route.continue()));
    await page.goto('/users');
    await page.getByRole('cell', { name: 'Ivanova A. P.' }).waitFor();
    away = true;
    const stale = page
      .getByRole('status')
      .filter({ hasText: 'Консоль ответила ошибкой 500. Показано то, что было прочитано' });
    await stale.waitFor();
    await page.getByRole('cell', { name: 'Ivanova A. P.' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    away = false;
    await stale.waitFor({ state: 'detached' });
    await page.context().close();
  }, 90_000);
});
