import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { both } from '#contracts';
import { failedEvent, studentChanged, synchronized } from '../../apps/console/testing/console-setup.js';
import { failure, journal, sow } from '../../apps/console/testing/seeds.js';
import type { FailureRow } from '../../apps/console/ledger/entities/failures.js';
import { Sessions } from '../../apps/console/session/sessions.js';
import { accessibilityFaults } from '../harness/browser.js';
import { PagesSetup, unexpected } from './pages-setup.js';

const password = 'a long password';

describe('a message that is edited in the browser', () => {
  const setup = new PagesSetup();
  beforeAll(async () => {
    await setup.open();
    await setup.addUser('ivanova', 'Иванова А. П.', 'administrator', password);
    await setup.addUser('petrov', 'Петров С. В.', 'operator');
  }, 60_000);
  afterAll(() => setup.close());

  const sowOne = async (code: string): Promise<FailureRow> => {
    const [one] = await sow(setup.http.dataSource, failure({ code }));
    return one!;
  };
  const address = ({ id }: FailureRow) => `/failures/one?id=${encodeURIComponent(id)}`;
  const panel = (page: Page) => page.getByRole('region', { name: 'Исправить сообщение' });
  const open = async (page: Page, one: FailureRow): Promise<void> => {
    await page.goto(address(one));
    await page.getByRole('button', { name: 'Исправить и повторить…' }).click();
    await panel(page).getByRole('textbox', { name: 'фамилия' }).waitFor();
  };
  const send = (page: Page) => panel(page).getByRole('button', { name: 'Отправить исправленное…' });

  it('is tried as one types, sent when it is sound, and followed to its end', async () => {
    const one = await sowOne('000010203');
    const { page, complaints } = await setup.visitAs('ivanova');
    await open(page, one);
    expect(await send(page).isDisabled()).toBe(true);

    await panel(page).getByRole('textbox', { name: 'курс 1: номер курса' }).fill('0');
    await panel(page).getByText('Так отправить нельзя: 1 замечание.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await send(page).isDisabled()).toBe(true);
    await panel(page).getByRole('textbox', { name: 'курс 1: номер курса' }).fill('18');
    await panel(page).getByRole('textbox', { name: 'фамилия' }).fill('Соснина');
    await panel(page).getByRole('textbox', { name: 'курс 1: начало' }).fill('01.09.2026 09:00');
    await page.keyboard.press('Escape');
    await panel(page).getByText('Проверено, ничего не отправлено: изменятся 3 поля.').waitFor();
    await panel(page).getByRole('button', { name: 'Вернуть как было: курс 1: начало' }).click();
    await panel(page).getByText('Проверено, ничего не отправлено: изменятся 2 поля.').waitFor();

    await send(page).click();
    const dialog = page.getByRole('dialog', { name: 'Отправить исправленное сообщение' });
    expect(await dialog.getByRole('definition').allInnerTexts()).toEqual(['Ёлкина → Соснина', '17 → 18']);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: /Причина/ }).fill('опечатка в 1С');
    await dialog.getByRole('button', { name: 'Отправить с 2 исправлениями' }).click();
    await page.getByRole('status').getByText('Исправленное сообщение отправляется: редакция 51.').waitFor();
    await panel(page).waitFor({ state: 'detached' });
    await page.getByText('ждёт отправки').waitFor();
    expect(await page.getByRole('button', { name: 'Исправить и повторить…' }).isDisabled()).toBe(true);

    await journal(setup.http.dataSource, 'lms', synchronized('lms', '000010203', 51));
    await page.getByText('студент синхронизирован').waitFor();
    await page.getByText('Закрыта исходом').waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('fails again: each of the two failures leads to the other', async () => {
    const one = await sowOne('000010204');
    const { page } = await setup.visitAs('ivanova');
    await open(page, one);
    await panel(page).getByRole('textbox', { name: 'группа', exact: true }).fill('М3О-102Б-24');
    await send(page).click();
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: /Причина/ })
      .fill('другая группа');
    await page.getByRole('dialog').getByRole('button', { name: 'Отправить с 1 исправлением' }).click();
    await page.getByText('ждёт отправки').waitFor();

    const body = Buffer.from(JSON.stringify({ data: studentChanged('lms', '000010204', 51) }));
    await sow(
      setup.http.dataSource,
      failure({ code: '000010204', revision: 51, body, reason: both('Снова нет', 'Again none') }),
    );
    await journal(setup.http.dataSource, 'lms', failedEvent('lms', '000010204', 51));
    await page.getByText('снова неудача').waitFor();
    await page.getByRole('link', { name: 'Новая неудача' }).click();
    await page.getByRole('heading', { name: 'Снова нет' }).waitFor();
    await page.getByRole('link', { name: 'Это исправленное сообщение другой неудачи' }).click();
    await page.getByText('снова неудача').waitFor();
  }, 60_000);

  it('a session that ends in the midst of it loses nothing, whether one goes on typing or comes back to the page', async () => {
    const one = await sowOne('000010205');
    const { page, complaints } = await setup.visitAs('ivanova');
    await open(page, one);
    const surname = panel(page).getByRole('textbox', { name: 'фамилия' });
    const signIn = async (): Promise<void> => {
      const again = page.getByRole('dialog', { name: 'Сеанс закончился' });
      await again.getByRole('textbox', { name: 'Пароль' }).fill(password);
      await again.getByRole('button', { name: 'Войти' }).click();
      await again.waitFor({ state: 'detached' });
    };
    await setup.http.app.get(Sessions).endAll('ivanova');
    await surname.fill('Соснина');
    await signIn();
    await panel(page).getByText('изменится 1 поле').waitFor();
    expect(await surname.inputValue()).toBe('Соснина');

    // As after a break: the page asks who is signed in when it is looked at again.
    await page.clock.install();
    await setup.http.app.get(Sessions).endAll('ivanova');
    await page.clock.fastForward(70_000);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await signIn();
    expect(await surname.inputValue()).toBe('Соснина');
    await send(page).click();
    await page.getByRole('dialog').getByText('Соснина').waitFor();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('somebody else was quicker: it says so, and what was entered is still there to be read', async () => {
    const one = await sowOne('000010206');
    const { page } = await setup.visitAs('ivanova');
    await open(page, one);
    await panel(page).getByRole('textbox', { name: 'фамилия' }).fill('Соснина');
    await panel(page).getByText('изменится 1 поле').waitFor();
    const other = await setup.http.as('administrator');
    const edits = [{ path: 'person.lastname', value: 'Берёзова' }];
    expect((await other.post('/api/failures/edit', { id: one.id, edits, reason: 'x' })).status).toBe(201);
    await panel(page).getByText(`Сообщение уже исправил ${other.login}`).waitFor();
    expect(await send(page).isDisabled()).toBe(true);
    expect(await panel(page).getByRole('textbox', { name: 'фамилия' }).inputValue()).toBe('Соснина');
  }, 60_000);

  it('an operator is offered no edit', async () => {
    const one = await sowOne('000010207');
    const { page } = await setup.visitAs('petrov');
    await page.goto(address(one));
    await page.getByRole('button', { name: 'Повторить 1…' }).waitFor();
    expect(await page.getByRole('button', { name: 'Исправить и повторить…' }).count()).toBe(0);
  }, 60_000);
});
