import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { both } from '#contracts';
import { serveErrands } from '#persistence';
import { fingerprint } from '../../apps/console/failures/store/fingerprint.js';
import { failure, sow } from '../../apps/console/testing/seeds.js';
import { accessibilityFaults } from '../harness/browser.js';
import { PagesSetup, unexpected } from './pages-setup.js';

describe('what an operator does upon failures beside replaying them', () => {
  const setup = new PagesSetup();
  beforeAll(async () => {
    await setup.open();
    await setup.addUser('petrov', 'Петров С. В.', 'operator');
  }, 60_000);
  afterAll(() => setup.close());
  const { http } = setup;

  const dialog = (page: Page) => page.getByRole('dialog');
  const confirm = async (page: Page, button: string): Promise<void> => {
    await dialog(page).getByRole('button', { name: button }).click();
    await dialog(page).waitFor({ state: 'detached' });
  };
  const outcome = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();

  it('archives with a reason and takes back out of the archive', async () => {
    const [one] = await sow(http.dataSource, failure({ code: '000020001', about: '31', fingerprint: 'aaaaaaaa31' }));
    const { page, complaints } = await setup.visitAs('petrov');
    await page.goto('/failures/group/aaaaaaaa31');
    await page.getByRole('button', { name: 'В архив…' }).click();
    await dialog(page)
      .getByRole('textbox', { name: /Причина/ })
      .fill('курс отменён');
    await confirm(page, 'Убрать 1 неудачу');
    await outcome(page, 'В архиве: 1 неудача.');
    await page.getByRole('heading', { name: 'Такой причины больше нет' }).waitFor();

    await page.goto(`/failures?view=list&state=archived`);
    await page.getByRole('checkbox', { name: '000020001' }).check();
    await page.getByRole('button', { name: 'Вернуть из архива…' }).click();
    await confirm(page, 'Вернуть 1 неудачу');
    await outcome(page, 'Возвращена 1 неудача.');
    await page.goto(`/failures/one?id=${encodeURIComponent(one!.id)}`);
    await page.getByText('курс отменён').waitFor();
    await page.getByRole('button', { name: 'Повторить 1…' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('writes a note that the others read', async () => {
    const [one] = await sow(http.dataSource, failure({ code: '000020002' }));
    const { page, complaints } = await setup.visitAs('petrov');
    await page.goto(`/failures/one?id=${encodeURIComponent(one!.id)}`);
    await page.getByRole('button', { name: 'Заметка…' }).click();
    await dialog(page).getByRole('textbox', { name: 'Текст заметки' }).fill('Написали администратору курса');
    await confirm(page, 'Записать');
    await outcome(page, 'Заметка записана к 1 неудаче.');
    await page.getByRole('listitem').getByText('Написали администратору курса').waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('downloads what the filter shows as a table, in the language of the page', async () => {
    await sow(
      http.dataSource,
      failure({ code: '000020003', about: '41' }),
      failure({ code: '000020004', about: '42' }),
    );
    const { page, complaints } = await setup.visitAs('petrov');
    await page.goto('/failures?code=000020003');
    await page.getByRole('table').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('000020003');
    expect(lines[1]).toContain('В Moodle нет курса 41');
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('decides what becomes of removals that are held', async () => {
    const stop = new AbortController();
    let held = [{ courseId: 4, codes: ['000020005'], since: Date.now(), why: 'limit', released: false }];
    const decided: unknown[] = [];
    const serving = serveErrands(
      http.dataSource,
      'course-enroller',
      {
        'list-removals': () => Promise.resolve({ waiting: held.length, held }),
        'release-removals': ({ by, payload }) => {
          decided.push([by, payload]);
          held = [];
          return Promise.resolve({ number: 1, why: '' });
        },
      },
      stop.signal,
    );
    const { page, complaints } = await setup.visitAs('petrov');
    await page.goto('/systems/lms');
    await page.getByText('Решения ждёт 1 запись.').waitFor();
    await page.getByRole('cell', { name: '000020005' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Приостановить…' }).click();
    await dialog(page)
      .getByRole('textbox', { name: /Причина/ })
      .fill('курс закрыт');
    await confirm(page, 'Приостановить');
    await outcome(page, 'Записей: 1.');
    await page.getByText('Решения ждёт 1 запись.').waitFor({ state: 'detached' });
    expect(decided).toEqual([['petrov', { why: 'курс закрыт' }]]);
    expect(unexpected(complaints)).toEqual([]);
    stop.abort();
    await serving;
  }, 60_000);

  it('finds a failure of two causes under both, and is told so before it is replayed', async () => {
    const of = (about: string) => ({
      ...{ kind: 'course' as const, cause: 'course-missing', about },
      reason: both(`В Moodle нет курса ${about}`, `There is no course ${about} in Moodle`),
    });
    const causes = ['51', '52'].map((about) => ({
      ...of(about),
      group: fingerprint({ system: 'lms', service: 'course-enroller', ...of(about) }),
    }));
    await sow(http.dataSource, failure({ code: '000020006', about: '51', fingerprint: causes[0]!.group, causes }));
    const { page, complaints } = await setup.visitAs('petrov');
    await page.goto(`/failures/group/${causes[1]!.group}`);
    await page.getByRole('heading', { name: 'В Moodle нет курса 52' }).waitFor();
    await page.getByText('1 — и с другой причиной').waitFor();
    await page.getByRole('button', { name: 'Повторить 1…' }).click();
    await dialog(page).getByText('У 1 есть и другая причина').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '000020006' }).click();
    await page.getByRole('heading', { name: '2 причины сразу' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'В Moodle нет курса 51' }).click();
    await page.getByRole('heading', { name: 'В Moodle нет курса 51' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);
});
