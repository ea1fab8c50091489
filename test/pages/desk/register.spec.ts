import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { accessibilityFaults } from '../../harness/browser.js';
import { until } from '../../harness/until.js';
import { unexpected } from '../pages-setup.js';
import { DeskSetup, Table, type DeskUniversity } from './desk-setup.js';

const setup = new DeskSetup();
const university = () => setup.registers.university.snapshot as DeskUniversity;
beforeAll(async () => {
  await setup.open();
  const { students, statuses, names } = university();
  // 1C itself finds something wrong with these
  for (const [code, group] of [
    ['с7', null],
    ['с8', null],
    ['с9', 'г9'],
  ] as const) {
    // prettier-ignore
    students.push({ code, individual: `и${code}` });
    statuses.push({ student: code, period: '2025-09-01T00:00:00', status: 'Continues Education', group, semester: 1 });
    names.push({
      ...{ individual: `и${code}`, period: '2025-08-01T00:00:00' },
      ...{ lastname: 'Ёжиков', firstname: 'Пётр', middlename: 'Ильич' },
    });
  }
  // the second plan has lost its first discipline
  university().curricula[1]!.lines.shift();
  await setup.registers.mirror.refresh();
  await setup.registers.synchronizer.getStudents('LMS', 100);
  await setup.registers.synchronizer.setErrorCronflag('с1', 'LMS');
}, 90_000);
afterAll(() => setup.close());

const answer = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name }).click();

describe('the Synchronization register', () => {
  const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });

  it('is narrowed to a kind of error; all its rows are deleted at once, and the page says what that touches', async () => {
    const { page, complaints } = await setup.visitAs('boss');
    await page.goto('/desk/synchronization');
    await page.getByText('Действуют 4 записи об ошибках').waitFor();
    expect(await page.getByRole('button', { name: /Удалить/ }).count()).toBe(0);
    await page.getByLabel('Вид ошибки').selectOption('Status Error');
    await until('only those are shown', async () => (await rows(page).count()) === 2, 10_000);
    expect(page.url()).toContain('kind=Status');
    expect((await rows(page).allInnerTexts()).join()).toMatch(/с7[^]*с8/);
    await page.getByRole('button', { name: 'Удалить все 2 найденные…' }).click();
    await page.getByRole('dialog').getByText('Из регистра уйдут 2 записи. Действуют из них 2.').waitFor();
    await page.getByRole('dialog').getByText('Касается 2 студентов').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await answer(page, 'Удалить 2 записи');
    await page.getByRole('status').getByText('Удалены 2 записи. Это 2 студента.').waitFor();
    await page.getByText('Под фильтр ничего не подходит').waitFor();
    // 1C offers them again, and finds the same
    await setup.registers.synchronizer.getStudents('LMS', 100);
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('one row gets another time, one is chosen and deleted', async () => {
    const { page } = await setup.visitAs('boss');
    await page.goto('/desk/synchronization?text=%D1%819');
    await page.getByRole('button', { name: 'Изменить…: с9' }).click();
    const field = page.getByRole('dialog').getByLabel('Действует до');
    // typed as this page writes it, whatever the browser speaks
    await field.fill('01.03.2027 12:30:05');
    await page.keyboard.press('Escape');
    await answer(page, 'Записать');
    await page.getByText('01.03.2027 12:30:05').waitFor();
    await page.getByRole('checkbox', { name: 'Выбрать: с9' }).check();
    await page.getByRole('button', { name: 'Удалить 1 выбранную…' }).click();
    await answer(page, 'Удалить 1 запись');
    await page.getByRole('status').getByText('Удалена 1 запись. Это 1 студент.').waitFor();
  }, 60_000);

  it('is only read by whoever is no administrator', async () => {
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/synchronization?kind=Moodle');
    await page.getByRole('cell', { name: 'отказ Moodle' }).waitFor();
    expect(await page.getByRole('button', { name: /Удалить|Изменить/ }).count()).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(0);
  }, 60_000);
});

describe('students', () => {
  it('are found by name; each shows the courses they have, or what is wrong', async () => {
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/groups/г1');
    await page.getByRole('link', { name: 'Студенты группы' }).click();
    await page.getByText('Только группа М8О-102Б-25').waitFor();
    await page.getByRole('link', { name: 'с2' }).click();
    await page.getByText('Сейчас у него 1 курс.').waitFor();
    expect(await page.getByRole('row').nth(1).innerText()).toMatch(/504\s+История: 000000001, Иванов И. И./);
    await page.goto('/desk/students');
    await page.getByLabel('Код, фамилия, имя, отчество').fill('ежиков');
    await page.getByRole('link', { name: 'с7' }).click();
    await page.getByText('Курсов нет: ошибка состояния студента.').waitFor();
  }, 60_000);
});

describe('bindings that no curriculum has any more', () => {
  it.each(['Показать привязки курсов', 'Показать дисциплины без привязок'])(
    '%s: they stand apart, and one button sets them to zero',
    async (display) => {
      const { page } = await setup.visitAs('developer');
      await page.goto('/desk/documents/new');
      await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
      await page.getByRole('button', { name: display }).click();
      await page.getByText('1 привязка с курсом, которой нет ни в одном учебном плане').waitFor();
      const table = new Table(page);
      expect(await table.grid.getByText('нет ни в одном плане').count()).toBe(0);
      await page.getByRole('button', { name: 'Показать их' }).click();
      await page.getByText('Строк 1 из 1').waitFor();
      expect((await table.row(1)).slice(3)).toMatchObject(['Физика', '1', '400', '', 'нет ни в одном плане']);
      await page.getByRole('button', { name: 'Обнулить 1' }).click();
      await until('it is zero', async () => (await table.row(1))[5] === '', 10_000);
      expect(await page.getByRole('button', { name: 'Обнулить 1' }).count()).toBe(0);
      await page.context().close();
    },
    60_000,
  );

  it('the list of documents offers a document that does it', async () => {
    const { page } = await setup.visitAs('developer');
    await page.goto('/desk/documents');
    await page.getByRole('button', { name: 'Документ с обнулением' }).click();
    await page.waitForURL(/\/desk\/documents\/[0-9a-f-]{36}/);
    await page.getByText('изменена 1').waitFor();
    await page.keyboard.press('Control+KeyS');
    await answer(page, 'Записать');
    await page.getByText('Привязана 1 дисциплина.').waitFor();
    expect((await setup.bindings())['п2 1 д1']).toBe(0);
  }, 60_000);
});

describe('a spreadsheet', () => {
  it('goes out, is filled in, and comes in: what it changes is seen first, and undone by one key', async () => {
    const { page, complaints } = await setup.visitAs('developer');
    await page.goto('/desk/documents/new');
    await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
    await page.getByRole('button', { name: 'Показать дисциплины без привязок' }).click();
    const table = new Table(page);
    await table.grid.getByText('Физика', { exact: true }).first().waitFor();
    const menu = async (name: string) => {
      await page.getByRole('button', { name: 'Таблица…' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const downloading = page.waitForEvent('download');
    await menu('Выгрузить в CSV');
    const file = await downloading;
    expect(file.suggestedFilename()).toBe('bindings.csv');
    const [head, first, second, ...others] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(head).toMatch(/^\uFEFFКод плана;.*;Курс$/);
    const filled = [head, first!.replace(/;0$/, ';901'), second!.replace(/;0$/, ';физика'), ...others];
    await menu('Загрузить из файла…');
    const dialog = page.getByRole('dialog');
    const choose = async (name: string, buffer: Buffer) => {
      const choosing = page.waitForEvent('filechooser');
      await dialog.getByRole('button', { name: /^Файл/ }).click();
      await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
    };
    await choose('x.xlsx', Buffer.from('PKничего'));
    await dialog.getByText('Это не таблица XLSX и не CSV').waitFor();
    await choose('bindings.csv', Buffer.from(filled.join('\r\n')));
    await dialog.getByText('Файл меняет 1 привязку.').waitFor();
    await dialog.getByText('1 строка не подходит и останется без внимания:').waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('Строка 3')]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await answer(page, 'Внести 1 изменение в форму');
    await page.getByText('Из файла внесена 1 строка.').waitFor();
    await until('it is shown', async () => (await table.row(1))[5] === '901', 10_000);
    await table.grid.focus();
    await page.keyboard.press('Control+KeyZ');
    await until('it is taken back', async () => (await table.row(1))[5] === '', 10_000);
    expect(unexpected(complaints).filter((error) => !error.includes('422'))).toEqual([]);
  }, 60_000);
});
