import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createSandboxOneC, type SandboxOneC } from '../../../sandbox/onec/server.js';
import { accessibilityFaults } from '../../harness/browser.js';
import { unexpected } from '../pages-setup.js';
import { DeskSetup, Table } from './desk-setup.js';

const setup = new DeskSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-mapping-'));
const passwordFile = join(folder, 'password');
let onec: SandboxOneC;
beforeAll(async () => {
  writeFileSync(passwordFile, 'x');
  onec = await createSandboxOneC({ students: 30, seed: 6, faulty: 0 });
  const mappingFile = new URL('../../../config/mappings/1c-university-prof.yaml', import.meta.url).pathname;
  const odata = { url: onec.odata.stock.url, user: 'itk', passwordFile, mappingFile };
  await setup.open({ component: { mirror: { odata }, zone: 'Europe/Moscow' } });
  await setup.registers.synchronizer.setErrorCronflag('с1', 'LMS');
}, 90_000);
afterAll(async () => {
  await setup.close();
  await onec?.close();
  rmSync(folder, { recursive: true });
});

const answer = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name }).click();

describe('empty bindings', () => {
  it('are created from the form for the ELS chosen, and are counted', async () => {
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/documents/new');
    await page.getByRole('button', { name: 'Создать привязки…' }).click();
    await page.getByRole('dialog').getByText('Сначала выберите ЭОС').waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('ЭОС').selectOption({ label: 'СДО' });
    await page.getByText('Ещё 40 дисциплин без записи').waitFor();
    await page.getByRole('button', { name: 'Создать привязки…' }).click();
    await page.getByRole('dialog').getByLabel('Найти учебный план').fill('2025');
    await page.getByRole('dialog').getByLabel('Учебный план', { exact: true }).selectOption('п1');
    await answer(page, 'Создать по плану');
    await page.getByText('Создано 20 привязок, документов 1.').waitFor();
    await page.getByText('(СДО: 20). Ещё 20 дисциплин без записи').waitFor();
    await page.getByRole('button', { name: 'Показать дисциплины без привязок' }).click();
    await page.getByText('Строк 20 из 20').waitFor();
    await page.getByRole('button', { name: 'Создать привязки…' }).click();
    await answer(page, 'Создать по всем планам');
    await page.getByText('Пустые привязки созданы: планов 2. Создано 20 привязок').waitFor();
    expect(Object.values(await setup.bindings('2'))).toEqual(Array.from({ length: 40 }, () => 0));
  }, 60_000);
});

describe('the history of a binding', () => {
  it('says who, when, from what, to what and by which document', async () => {
    await setup.postAs('second', 'д3', 620);
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/documents/new?discipline=%D0%B43&semester=3');
    await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
    await page.getByRole('button', { name: 'Показать привязки курсов' }).click();
    const table = new Table(page);
    await table.grid.getByText('Учёт и аудит', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'История строки…' }).click();
    const rows = page.getByRole('dialog').getByRole('row');
    await rows.nth(2).waitFor();
    expect(await rows.nth(1).innerText()).toMatch(/402\s+620\s+second А. Б./);
    expect(await rows.nth(2).innerText()).toMatch(/—\s+402\s+Иванов И. И./);
    await rows.nth(1).getByRole('link').click();
    await page.getByText('Привязана 1 дисциплина.').waitFor();
  }, 60_000);
});

describe('the list of documents', () => {
  it('is filtered and searched; one is copied, marked and unmarked', async () => {
    const { page } = await setup.visitAs('boss');
    await page.goto('/desk/documents?text=Иванов');
    await page.getByRole('row').nth(2).waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
    await page.getByRole('button', { name: /^Скопировать документ 000000001/ }).click();
    await page.waitForURL(/\/desk\/documents\/[0-9a-f-]{36}/);
    await page.getByRole('grid').waitFor();
    await page.goto('/desk/documents?state=posted&text=Иванов');
    const row = page.getByRole('row').filter({ hasText: '000000002' });
    await row.getByRole('button', { name: 'Пометить…' }).click();
    await page.getByRole('dialog').getByText('Документ проведён').waitFor();
    await answer(page, 'Пометить на удаление');
    await row.waitFor({ state: 'detached' });
    await page.getByLabel('Состояние').selectOption('marked');
    await row.getByRole('button', { name: 'Снять пометку…' }).click();
    await answer(page, 'Снять пометку');
    await page.getByText('Под фильтр ничего не подходит').waitFor();
  }, 60_000);
});

describe('the ELS directory', () => {
  it('an administrator creates, renames with a question, and deletes what nothing refers to', async () => {
    const { page } = await setup.visitAs('boss');
    await page.goto('/desk/els');
    await page.getByRole('button', { name: 'Создать…' }).click();
    await page.getByRole('dialog').getByLabel('Имя').fill('Филиал');
    await answer(page, 'Записать');
    await page.getByRole('row').filter({ hasText: 'Филиал' }).getByRole('button', { name: 'Удалить…' }).click();
    await answer(page, 'Удалить');
    await page.getByRole('row').filter({ hasText: 'Филиал' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Изменить…: LMS' }).click();
    await page.getByRole('dialog').getByLabel('Имя').fill('LMS новая');
    await answer(page, 'Записать');
    await page.getByRole('dialog').getByText(/els/).last().waitFor();
    await answer(page, 'Всё равно переименовать');
    await page.getByText('Система lms настроена на ЭОС «LMS»').waitFor();
    await page.getByRole('button', { name: 'Изменить…: LMS новая' }).click();
    await page.getByRole('dialog').getByLabel('Имя').fill('LMS');
    await answer(page, 'Записать');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Всё равно переименовать' })
      .or(page.getByText('ЭОС LMS записана.'))
      .first()
      .waitFor();
  }, 60_000);
});

describe('groups', () => {
  it('each shows which courses it has now, and by which document', async () => {
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/groups');
    await page.getByRole('link', { name: 'М8О-102Б-25' }).click();
    await page.getByRole('heading', { name: /1 семестр · 3 студента/ }).waitFor();
    expect(await page.getByRole('row').nth(1).innerText()).toMatch(/504\s+История: 000000001, Иванов И. И./);
  }, 60_000);
});

describe('the mapping of 1C', () => {
  it('is looked at: what is missing and what comes near, rows and examples', async () => {
    onec.switches.odata.absent = ['Catalog_УчебныеГруппы'];
    const { page } = await setup.visitAs('boss');
    await page.goto('/mapping');
    await page.getByText('Ещё не проверяли.').waitFor();
    await page.getByRole('button', { name: 'Проверить сейчас' }).click();
    await answer(page, 'Проверить сейчас');
    await page.getByText('Не сходится: 1').waitFor();
    const lacking = page.getByRole('row').filter({ hasText: 'В публикации OData нет Catalog_УчебныеГруппы' });
    expect(await lacking.innerText()).toContain('включите объект в состав интерфейса');
    await page.getByRole('heading', { name: 'Студенты' }).waitFor();
    await page.getByText('30 строк · ниже 10 записей, какими их увидит зеркало').first().waitFor();
    expect(await page.getByRole('region', { name: 'Студенты' }).getByRole('row').count()).toBe(11);
    onec.switches.odata.absent = [];
    await page.getByRole('button', { name: 'Проверить сейчас' }).click();
    await answer(page, 'Проверить сейчас');
    await page.getByText('Всё, что названо в файле, есть в публикации').waitFor();
    await page.getByRole('heading', { name: 'Группы' }).waitFor();
  }, 60_000);

  it('is for administrators alone', async () => {
    const { page } = await setup.visitAs('looker');
    await page.goto('/desk/els');
    await page.getByRole('table').first().waitFor();
    expect(await page.getByRole('link', { name: 'Соответствие 1С' }).count()).toBe(0);
  }, 60_000);
});

describe('every page of the desk', () => {
  it.each([
    ['ru', 'light'],
    ['en', 'dark'],
  ] as const)(
    'in %s, %s: axe and the browser have nothing against it',
    async (language, theme) => {
      const { page, complaints } = await setup.visitAs('boss', language, theme);
      const faults: Record<string, unknown> = {};
      const more = ['students', 'students/с1', 'synchronization'];
      const ofDesk = ['documents', 'groups', 'groups/г1', 'curricula', 'els', ...more];
      for (const name of [...ofDesk.map((each) => `desk/${each}`), 'mapping']) {
        await page.goto(`/${name}`);
        await page.getByRole('table').first().waitFor();
        const found = await accessibilityFaults(page);
        if (found.length > 0) faults[name] = found;
        if (process.env.ITK_PICTURES)
          await page.screenshot({ path: `.local/${name.replaceAll('/', '-')}-${language}-${theme}.png` });
        if (language === 'ru') continue;
        const words = await page.locator('nav, th, main button, label, h2').allInnerTexts();
        const russian = words.filter((text) =>
          /[а-яё]/i.test(text.replace('Русский', '').replace('СДО', '').replace('с1', '')),
        );
        if (russian.length > 0) faults[`${name} in Russian`] = russian;
      }
      expect(faults).toEqual({});
      expect(unexpected(complaints)).toEqual([]);
    },
    60_000,
  );

  it('offers no deed to whoever may only read', async () => {
    const { page } = await setup.visitAs('looker');
    for (const name of ['documents', 'els', 'synchronization']) {
      await page.goto(`/desk/${name}`);
      await page.getByRole('table').first().waitFor();
      expect(await page.getByRole('button', { name: /Создать|Скопировать|Пометить|Изменить|Удалить/ }).count()).toBe(0);
    }
    await page.goto('/desk/documents/00000000-0000-4000-8000-000000000001');
    await page
      .getByText(/Привязан/)
      .last()
      .waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-readonly')).toBe('true');
    expect(await page.getByRole('button', { name: /Записать|Отмена проведения/ }).count()).toBe(0);
  }, 60_000);
});
