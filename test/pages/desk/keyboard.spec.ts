import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../../harness/until.js';
import { unexpected } from '../pages-setup.js';
import { DeskSetup, kept, Table } from './desk-setup.js';

const setup = new DeskSetup();
beforeAll(() => setup.open(), 90_000);
afterAll(() => setup.close());

/** Name of what has the focus. */
const focused = `(() => {
  const at = document.activeElement;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? '';
})()`;

/** Goes on with Tab until one is at what has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate<string>(focused);
    if (typeof name === 'string' ? found.startsWith(name) : name.test(found)) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

describe('each control of the form by keyboard alone', () => {
  it('filters, suggestions, marks, questions, date and comment, history, menu, closing', async () => {
    const { page, complaints } = await setup.visitAs('developer');
    await page.goto('/desk/documents/new');
    await page.getByRole('heading', { name: 'Привязка учебных курсов (создание)' }).waitFor();
    const table = new Table(page);
    const dialog = page.getByRole('dialog');
    const press = async (name: string, ...keys: string[]): Promise<void> => {
      await tabTo(page, name);
      await table.press(...keys);
    };
    await tabTo(page, 'ЭОС');
    await page.keyboard.type('LMS');
    await press('Показать привязки курсов', 'Enter');
    await page.getByText('Строк 40 из 40').waitFor();
    // both blocks of the filter
    await tabTo(page, 'Учебный план');
    await page.keyboard.type('2025');
    for (const name of ['Выпускающая кафедра', 'Уровень подготовки', 'Форма обучения']) await press(name, 'ArrowDown');
    await tabTo(page, 'Дисциплина');
    await page.keyboard.type('физика');
    for (const name of ['Читающая кафедра', 'Семестр']) await press(name, 'ArrowDown');
    await tabTo(page, 'ИД курса');
    await page.keyboard.type('0');
    await page.getByText('Строк 1 из 40').waitFor();
    // the suggestion is taken and taken back; an edit is begun and ended
    await press('Привязки', 'F8');
    await until('it is taken', async () => (await table.row(1))[5] === '400', 10_000);
    await table.press('Control+KeyZ', 'F2', '9', 'Enter');
    expect((await table.row(1))[5]).toBe('9');
    await press('Сбросить фильтр', 'Enter');
    await press('Отметить все', 'Enter');
    await page.getByText('Отмечено 40 строк.').waitFor();
    await press('Снять все', 'Enter');
    await page.getByText('отмечено 0').waitFor();
    // Enter gives the answer that loses nothing
    await press('Показать дисциплины без привязок', 'Enter');
    await dialog.getByText('изменения, которых нет в регистре, пропадут').waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('изменена 1').waitFor();
    await tabTo(page, 'Комментарий');
    await page.keyboard.type('осень');
    // written as the page's language writes it; Esc closes the calendar and nothing else
    await tabTo(page, 'Дата');
    await page.keyboard.type('01.02.2026 10:00:05');
    await page.keyboard.press('Escape');
    await kept(page);
    await page.getByRole('heading', { name: 'от 01.02.2026 10:00:05' }).waitFor();
    await press('Создать привязки…', 'Enter');
    await dialog.getByText('нулевым курсом').waitFor();
    await page.keyboard.press('Escape');
    // it gives the focus back to its button
    await dialog.waitFor({ state: 'detached' });
    await press('Таблица…', 'Enter');
    await page.locator('[role=menu]:focus-within').getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
    await press('История строки…', 'Enter');
    await dialog.getByText('История привязки').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.getByText('Данные были изменены').waitFor();
    await press('Удалить черновик', 'Enter');
    await page.getByRole('heading', { name: 'Привязки учебных курсов' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);
});

describe('the whole work by keyboard alone', () => {
  it('from the list to the posted document', async () => {
    const { page, complaints } = await setup.visitAs('developer');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Привязки учебных курсов' }).waitFor();
    await tabTo(page, 'Создать');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Привязка учебных курсов (создание)' }).waitFor();
    await tabTo(page, 'ЭОС');
    await page.keyboard.type('LMS');
    await tabTo(page, 'Показать дисциплины без привязок');
    await page.keyboard.press('Enter');
    const table = new Table(page);
    await table.grid.getByText('Физика', { exact: true }).first().waitFor();
    await tabTo(page, 'Привязки');
    // typed, and Enter goes on
    await page.keyboard.type('811');
    await page.keyboard.press('Enter');
    expect(await table.row(1)).toMatchObject({ 5: '811', 7: 'было 0' });
    await page.keyboard.type('812');
    await page.keyboard.press('Enter');
    // taken back and done again, on the Russian layout too
    await page.keyboard.press('Control+KeyZ');
    expect((await table.row(2))[5]).toBe('');
    await page.keyboard.press('Control+KeyY');
    expect((await table.row(2))[5]).toBe('812');
    // chosen by what is bound to it
    await page.keyboard.press('F4');
    // at once: no letter is lost while the list opens
    await page.keyboard.type('503');
    await page.getByRole('dialog').getByLabel('Номер или название').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Номер или название').inputValue()).toBe('503');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await table.row(3))[5]).toBe('503');
    await page.keyboard.press('Shift+F4');
    expect((await table.row(3))[5]).toBe('');
    // Mult.: this line and the next
    await table.press('Space', 'ArrowDown', 'Space', 'ArrowUp');
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    expect([(await table.row(3))[5], (await table.row(4))[5]]).toEqual(['77', '77']);
    // given up
    await page.keyboard.type('9');
    await page.keyboard.press('Escape');
    expect((await table.row(4))[5]).toBe('77');
    await kept(page);
    await page.keyboard.press('Control+KeyS');
    await page
      .getByRole('dialog')
      .getByText('В регистр попадут 4 строки. Меняются курсы у 3 студентов в 1 группе.')
      .waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/Документ \d+ проведён: 4 привязки в регистре/)
      .waitFor();
    await page.getByText('Привязано 4', { exact: false }).or(page.getByText('Привязаны 4 дисциплины.')).waitFor();
    expect(Object.values(await setup.bindings()).filter((course) => [811, 812, 77].includes(course))).toHaveLength(4);
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);
});
