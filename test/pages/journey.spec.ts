import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#persistence';
import { schema } from '../../apps/console/ledger/schema.js';
import { Sessions } from '../../apps/console/session/sessions.js';
import { Users } from '../../apps/console/session/users/users.js';
import { whatShouldStand } from '../harness/compare.js';
import { openBrowser, openPage } from '../harness/browser.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { unexpected, type Opened } from './pages-setup.js';

describe('an operator’s morning, everything running as in production', () => {
  let university: RunningUniversity;
  let served: ServiceProcess;
  let browser: Browser;
  let dataSource: DataSource;
  let opened: Opened;
  let page: Page;
  let course: number;
  let concerned: number;

  beforeAll(async () => {
    university = await runUniversity({ students: 40, seed: 11, faulty: 0.05, courses: 8 });
    const { moodle, els } = university.systems[0]!;
    const should = whatShouldStand(university.onec.expected(els)) as Map<string, { courses: number[] }>;
    course = [...should.values()].flatMap(({ courses }) => courses)[0]!;
    concerned = [...should.values()].filter(({ courses }) => courses.includes(course)).length;
    moodle.state.courses.update(moodle.state.courses.get(course)!, { manual: false });
    served = university.replica('console');
    await served.start();
    dataSource = await createDataSource({ url: university.environment.DATABASE_URL!, ...schema }).initialize();
    await new Users(dataSource).add({ login: 'petrov', name: 'Петров С. В.', grants: [{ role: 'operator' }] });
    browser = await openBrowser();
    opened = await openPage(browser, `http://127.0.0.1:${served.servedPort}`);
    page = opened.page;
    const token = await new Sessions(dataSource).begin('petrov');
    await page.context().addCookies([{ name: 'itk', value: token, url: `http://127.0.0.1:${served.servedPort}` }]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await dataSource?.destroy();
    await university?.stop();
  }, 60_000);

  const rowOfCourse = () => page.getByRole('row').filter({ hasText: new RegExp(`курс\\D*${course}\\b`, 'i') });
  const confirm = async (button: RegExp): Promise<void> => {
    await page.getByRole('dialog').getByRole('button', { name: button }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it('a failure appears by itself, with everybody whom it concerns in one row', async () => {
    await page.goto('/failures');
    await page.getByText('Ничто не ждёт человека.').waitFor();
    await university.start();
    const row = rowOfCourse();
    await row.getByRole('cell', { name: String(concerned), exact: true }).waitFor({ timeout: 60_000 });
    await row.getByRole('link').click();
    await page.getByRole('button', { name: `Повторить ${concerned}…` }).waitFor();
  }, 120_000);

  it('mended in Moodle: one is tried, then all are replayed and close', async () => {
    const { moodle } = university.systems[0]!;
    moodle.state.courses.update(moodle.state.courses.get(course)!, { manual: true });
    await page.getByRole('button', { name: 'Попробовать одну' }).click();
    await confirm(/Повторить одно сообщение/);
    await page.getByRole('status').getByText('Повтор начат: 1 сообщение.').waitFor();
    await page.getByRole('button', { name: `Повторить ${concerned - 1}…` }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: /^Повторить \d+…$/ }).click();
    await confirm(/^Повторить \d+ сообщени/);
    await page.getByRole('link', { name: 'Следить за повтором' }).first().click();
    await page.getByText(`Прошло ${concerned - 1} из ${concerned - 1}.`).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Неудачи', exact: true }).click();
    await page.getByRole('table').or(page.getByText('Неудач нет')).waitFor();
    await rowOfCourse().waitFor({ state: 'detached' });
  }, 150_000);

  it('a student’s page says in a sentence that all is as it should be, and tells the story', async () => {
    const { els } = university.systems[0]!;
    const [code] = [...university.onec.expected(els)].find(([, one]) => one.kind === 'student')!;
    await page.getByRole('link', { name: 'Студенты', exact: true }).click();
    await page.getByLabel('Код студента').fill(code);
    await page.getByRole('link', { name: code }).click();
    await page.getByRole('heading', { name: 'История' }).waitFor();
    await page.getByText(/Создана учётная запись \d+/).waitFor();
    await page.getByRole('link', { name: /учётная запись \d+/ }).waitFor();
  }, 60_000);

  it('a system is paused with a reason and resumed', async () => {
    await page.getByRole('link', { name: 'Обзор' }).click();
    await page.getByRole('button', { name: 'Пауза…' }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/Причина/)
      .fill('обновляем Moodle');
    await confirm(/^Остановить/);
    await page.getByText('остановлена человеком').waitFor();
    await page
      .getByText(/обновляем Moodle \(petrov\)/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Возобновить…' }).click();
    await confirm(/^Возобновить/);
    await page.getByText('остановлена человеком').waitFor({ state: 'detached' });
    expect(unexpected(opened.complaints)).toEqual([]);
  }, 90_000);
});
