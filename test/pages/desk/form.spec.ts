import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults } from '../../harness/browser.js';
import { until } from '../../harness/until.js';
import { unexpected } from '../pages-setup.js';
import { begin, DeskSetup, kept, Table } from './desk-setup.js';

const setup = new DeskSetup();
beforeAll(() => setup.open(), 90_000);
afterAll(() => setup.close());

describe('a column', () => {
  it('copied in a spreadsheet lands, and copied here can be pasted there', async () => {
    const { page } = await setup.visitAs('developer');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (text: string) => page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    const table = await begin(page);
    await table.grid.focus();
    await copied('801\tа\r\n\r\n803\r\n');
    await page.keyboard.press('Control+KeyV');
    await page.getByText('Вставка изменила 2 строки.').waitFor();
    expect([(await table.row(1))[5], (await table.row(3))[5]]).toEqual(['801', '803']);
    await table.press('Control+Home', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+KeyC');
    const second = (await table.row(2))[5] || '0';
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`801\r\n${second}\r\n803`);
    await copied('801\r\nфизика');
    await page.keyboard.press('Control+KeyV');
    await page.getByText('Не вставлено: в строке 2 стоит «физика»').waitFor();
    await page.keyboard.press('Control+KeyZ');
    expect((await table.row(1))[5]).not.toBe('801');
  }, 60_000);
});

describe('a draft', () => {
  it('survives a closed browser', async () => {
    const first = await setup.visitAs('developer');
    const table = await begin(first.page);
    await table.grid.focus();
    await first.page.keyboard.type('901');
    await first.page.keyboard.press('Enter');
    await first.page.getByLabel('Комментарий').fill('осень');
    await kept(first.page);
    await first.page.waitForURL(/\/desk\/documents\/[0-9a-f-]{36}/);
    const address = first.page.url();
    await first.page.context().close();
    const { page } = await setup.visitAs('developer');
    await page.goto(address);
    const again = new Table(page);
    await again.grid.getByText('901', { exact: true }).waitFor();
    expect(await page.getByLabel('Комментарий').inputValue()).toBe('осень');
    expect((await again.row(1))[7]).toMatch(/было/);
  }, 60_000);

  it('of two people: the second is told who and when, and both works stand', async () => {
    const first = await setup.visitAs('developer');
    const mine = await begin(first.page);
    await mine.grid.focus();
    await first.page.keyboard.type('31');
    await first.page.keyboard.press('Enter');
    await kept(first.page);
    await first.page.waitForURL(/\/desk\/documents\/[0-9a-f-]{36}/);
    const second = await setup.visitAs('second');
    await second.page.goto(first.page.url());
    const theirs = new Table(second.page);
    await theirs.grid.getByText('31').first().waitFor();
    await theirs.grid.focus();
    await theirs.press('ArrowDown');
    await second.page.keyboard.type('32');
    await second.page.keyboard.press('Enter');
    await kept(second.page);
    await mine.grid.focus();
    await mine.press('ArrowDown');
    await first.page.keyboard.type('33');
    await first.page.keyboard.press('Enter');
    await first.page.getByText(/Документ записал second/).waitFor();
    await first.page.getByRole('button', { name: 'Объединить' }).click();
    await kept(first.page);
    expect([(await mine.row(1))[5], (await mine.row(2))[5], (await mine.row(3))[5]]).toEqual(['31', '32', '33']);
    await first.page.context().close();
    await second.page.context().close();
  }, 60_000);
});

describe('posting', () => {
  it('says before it whose work it would replace, and asks; after it nothing can be edited', async () => {
    const { page } = await setup.visitAs('developer');
    const table = await begin(page);
    await page.getByLabel('Дисциплина', { exact: true }).fill('Химия');
    await page.getByLabel('Семестр', { exact: true }).selectOption('2');
    await until('the table is narrowed', async () => (await table.row(1))[3] === 'Химия', 10_000);
    await table.grid.focus();
    await page.keyboard.type('610');
    await page.keyboard.press('Enter');
    await setup.postAs('second', 'д2', 620);
    await page.getByRole('button', { name: 'Записать', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/1 строка, о которой нужно знать/).waitFor();
    expect(await dialog.getByRole('row').nth(1).innerText()).toMatch(
      /620 · second А. Б.[^]*610[^]*чужая запись будет заменена/,
    );
    await dialog.getByRole('button', { name: 'Всё равно записать' }).click();
    await page.getByText('Привязана 1 дисциплина.').waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-readonly')).toBe('true');
    expect(await page.getByRole('button', { name: /Записать|Отметить|Показать|Отмена проведения/ }).count()).toBe(0);
    expect(Object.values(await setup.bindings())).toContain(610);
    const boss = await setup.visitAs('boss');
    await boss.page.goto(page.url());
    await boss.page.getByRole('button', { name: 'Отмена проведения…' }).click();
    await boss.page.getByRole('dialog').getByRole('button', { name: 'Отменить проведение' }).click();
    await boss.page
      .getByRole('status')
      .getByText(/Проведение документа \d+ отменено/)
      .waitFor();
    expect(Object.values(await setup.bindings())).not.toContain(610);
  }, 60_000);
});

describe('the form', () => {
  it('asks before it fills the table again, and before it is closed', async () => {
    const { page } = await setup.visitAs('developer');
    const table = await begin(page);
    await table.grid.focus();
    await page.keyboard.type('55');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Показать дисциплины без привязок' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Вернуться' }).click();
    expect((await table.row(1))[5]).toBe('55');
    await page.getByRole('button', { name: 'Показать дисциплины без привязок' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Заполнить снова, 1 изменение потерять' }).click();
    await until('the change is gone', async () => (await table.row(1))[5] === '', 10_000);
    await table.grid.focus();
    await page.keyboard.type('56');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByText('Данные были изменены').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить черновик' }).click();
    await page.getByRole('heading', { name: 'Привязки учебных курсов' }).waitFor();
  }, 60_000);

  it('marks what is displayed, and an edit reaches all marked', async () => {
    const { page } = await setup.visitAs('developer');
    const table = await begin(page);
    await page.getByLabel('Семестр', { exact: true }).selectOption('2');
    await page.getByRole('button', { name: 'Отметить все' }).click();
    await page.getByText('Отмечено 10 строк.').waitFor();
    await page.getByRole('button', { name: 'Сбросить фильтр' }).click();
    await page.getByLabel('Семестр', { exact: true }).selectOption('3');
    await page.getByText('отмечено 10 (10 не видно)').waitFor();
    await page.getByRole('button', { name: 'Сбросить фильтр' }).click();
    await table.grid.focus();
    await page.getByLabel('Строки', { exact: true }).selectOption('marked');
    await table.grid.focus();
    await page.keyboard.type('700');
    await page.keyboard.press('Enter');
    await page.getByText('Изменено 10 строк.').waitFor();
    await page.waitForURL(/only=marked/);
    await page.getByRole('button', { name: 'Снять все' }).click();
    await page.getByText('отмечено 0').waitFor();
  }, 60_000);

  it.each([
    ['ru', 'light'],
    ['en', 'dark'],
  ] as const)(
    'in %s, %s: axe and the browser have nothing against it',
    async (language, theme) => {
      const { page, complaints } = await setup.visitAs('developer', language, theme);
      await page.goto('/desk/documents');
      await page.getByRole('table').waitFor();
      const faults: unknown[] = [await accessibilityFaults(page)];
      await page.goto('/desk/documents/new');
      await page.getByRole('combobox').first().selectOption({ label: 'LMS' });
      await page.getByRole('button', { name: /Показать привязки|Display course/ }).click();
      await page.getByRole('grid').getByText('Физика', { exact: true }).first().waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.type('12');
      faults.push(await accessibilityFaults(page));
      await page.keyboard.press('Enter');
      await page.getByText(/Черновик сохранён|Draft kept/).waitFor();
      faults.push(await accessibilityFaults(page));
      if (process.env.ITK_PICTURES) await page.screenshot({ path: `.local/desk-${language}-${theme}.png` });
      await page.keyboard.press('F4');
      await page.getByRole('listbox').waitFor();
      faults.push(await accessibilityFaults(page));
      if (process.env.ITK_PICTURES) await page.screenshot({ path: `.local/desk-choose-${language}-${theme}.png` });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+KeyS');
      await page
        .getByRole('dialog')
        .getByText(/В регистр попад|into the register/)
        .waitFor();
      faults.push(await accessibilityFaults(page));
      if (process.env.ITK_PICTURES) await page.screenshot({ path: `.local/desk-post-${language}-${theme}.png` });
      expect(faults.flat()).toEqual([]);
      if (language === 'en') {
        const words = await page
          .locator(
            'nav, th, main button, label > span, .mantine-InputWrapper-label, legend, h1, h2, [role=columnheader]',
          )
          .allInnerTexts();
        expect(words.filter((text) => /[а-яё]/i.test(text.replace('Русский', '')))).toEqual([]);
      }
      expect(unexpected(complaints)).toEqual([]);
    },
    60_000,
  );
});
