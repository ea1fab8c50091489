import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#persistence';
import { schema } from '../../apps/console/ledger/schema.js';
import { Sessions } from '../../apps/console/session/sessions.js';
import { Users } from '../../apps/console/session/users/users.js';
import { whatShouldStand } from '../harness/compare.js';
import { openBrowser, openPage } from '../harness/browser.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';

/** Pictures of every page, of a university that runs: `npm run screenshots`. */
const folder = resolve('.local/screenshots');

describe('pictures of every page', () => {
  let university: RunningUniversity;
  let browser: Browser;
  let dataSource: DataSource;
  let origin: string;
  let token: string;
  const pages: Record<string, string> = {};

  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { cookie: `itk=${token}`, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${origin}${path}`, { headers: { cookie: `itk=${token}` } })).json()) as T;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    university = await runUniversity({ students: 400, seed: 5, faulty: 0.05, courses: 16, systems: 2 });
    const [first, second] = university.systems as [RunningUniversity['systems'][0], RunningUniversity['systems'][0]];
    const should = whatShouldStand(university.onec.expected(first.els)) as Map<string, { courses: number[] }>;
    const bound = [...new Set([...should.values()].flatMap(({ courses }) => courses))];
    for (const course of bound.slice(0, 2))
      first.moodle.state.courses.update(first.moodle.state.courses.get(course)!, { manual: false });
    const served = university.replica('console');
    await Promise.all([university.start(), served.start()]);
    origin = `http://127.0.0.1:${served.servedPort}`;
    dataSource = await createDataSource({ url: university.environment.DATABASE_URL!, ...schema }).initialize();
    const users = new Users(dataSource);
    await users.add({ login: 'ivanova', name: 'Иванова А. П.', grants: [{ role: 'administrator' }] });
    await users.add({ login: 'petrov', name: 'Петров С. В.', grants: [{ role: 'operator', systems: [first.id] }] });
    await users.add({ login: 'orlova', name: 'Орлова М. И.', grants: [{ role: 'viewer' }] });
    token = await new Sessions(dataSource).begin('ivanova');
    interface Overview {
      systems: { students: { known: number } }[];
      waiting: { group: string; kind: string; example: string; students: number }[];
    }
    const overview = () => get<Overview>('/api/overview');
    await until(
      'most students are through',
      async () => (await overview()).systems.every(({ students }) => students.known > 150),
      120_000,
    );
    writeFileSync(second.tokenFile, 'refused');
    await until(
      'failures are sorted',
      async () => (await overview()).waiting.some(({ kind }) => kind === 'course'),
      60_000,
    );
    await post('/api/systems/' + first.id + '/examination', {});
    const { waiting } = await overview();
    const course = waiting.find(({ kind }) => kind === 'course')!;
    await post('/api/failures/notes', { selection: { group: course.group }, text: 'Написали администратору курса' });
    const { replay } = (await post('/api/replays', { selection: { group: course.group }, limit: 5 })) as {
      replay: { id: string };
    };
    const { failures } = await get<{ failures: { code: string | null }[] }>(`/api/failures?group=${course.group}`);
    Object.assign(pages, {
      overview: '/',
      failures: '/failures',
      list: '/failures?view=list',
      cause: `/failures/group/${course.group}`,
      failure: `/failures/one?id=${encodeURIComponent(course.example)}`,
      replays: '/replays',
      replay: `/replays/${replay.id}`,
      students: `/students?code=${failures[0]!.code!.slice(0, 7)}`,
      student: `/students/${failures[0]!.code}`,
      journal: '/journal',
      queues: '/queues',
      queue: `/queues/${first.id}/course-enroller`,
      systems: '/systems',
      system: `/systems/${first.id}`,
      notices: '/notices',
      users: '/users',
      audit: '/audit',
    });
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await dataSource?.destroy();
    await university?.stop();
  }, 60_000);

  const take = async (page: Page, address: string, file: string): Promise<void> => {
    await page.goto(address);
    await page.locator('main h1').first().waitFor();
    await page.locator('main [aria-busy]').first().waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined); // a page stays connected
    mkdirSync(join(file, '..'), { recursive: true });
    await page.screenshot({ path: file });
  };

  it.each(['ru', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => [language, theme])))(
    '%s, %s',
    async (language, theme) => {
      const { page } = await openPage(browser, origin);
      await page.context().addCookies([{ name: 'itk', value: token, url: origin }]);
      await page.addInitScript(
        `localStorage.setItem('itk-language', '${language}'); localStorage.setItem('itk-theme', '${theme}');`,
      );
      const place = (name: string) => join(folder, `${language}-${theme}`, `${name}.png`);
      for (const [name, address] of Object.entries(pages)) await take(page, address, place(name));
      await page.goto(pages.cause!);
      await page.getByRole('button', { name: /^(Повторить|Replay) \d/ }).click();
      await page.getByRole('dialog').waitFor();
      await page.screenshot({ path: place('replay-confirmed') });
      await page.setViewportSize({ width: 360, height: 720 });
      for (const name of ['overview', 'failure']) await take(page, pages[name]!, place(`${name}-phone`));
      await page.context().clearCookies();
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.goto('/');
      await page.getByRole('button', { name: /^(Войти|Sign in)$/ }).waitFor();
      await page.screenshot({ path: place('sign-in') });
      await page.context().close();
    },
    120_000,
  );

  it('says where they are', () => {
    process.stderr.write(`${folder}\n`);
    expect(Object.keys(pages).length).toBeGreaterThan(10);
  });
});
