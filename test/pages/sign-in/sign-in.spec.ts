import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions } from '../../../apps/console/session/sessions.js';
import { Users } from '../../../apps/console/session/users/users.js';
import { accessibilityFaults } from '../../harness/browser.js';
import { PagesSetup, unexpected } from '../pages-setup.js';

const password = 'a long password';

describe('signing in', () => {
  const setup = new PagesSetup();
  beforeAll(async () => {
    await setup.open();
  }, 60_000);
  afterAll(() => setup.close());

  it('the first administrator comes by a link that works once', async () => {
    const { token } = await setup.http.app.get(Users).invite(null);
    const { page, complaints } = await setup.visit();
    await page.goto(`/welcome#${token}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Имя для входа').fill('ivanova');
    await page.getByLabel('Фамилия и инициалы').fill('Иванова А. П.');
    await page.getByRole('textbox', { name: 'Пароль', exact: true }).fill(password);
    await page.getByRole('textbox', { name: 'Пароль ещё раз' }).fill('another');
    await page.getByText('Пароли различаются.').waitFor();
    await page.getByRole('textbox', { name: 'Пароль ещё раз' }).fill(password);
    await page.getByRole('button', { name: 'Задать пароль и войти' }).click();
    await page.getByRole('button', { name: 'Учётная запись: Иванова А. П.' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);

    const second = await setup.visit();
    await second.page.goto(`/welcome#${token}`);
    await second.page.getByRole('alert').getByText('Ссылка уже использована или устарела').waitFor();
  });

  it('a wrong password is told; the right one leads to the address that was asked for', async () => {
    const { page, complaints } = await setup.visit();
    await page.goto('/users');
    await page.getByRole('heading', { name: 'Вход' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Имя для входа').fill('ivanova');
    const secret = page.getByRole('textbox', { name: 'Пароль' });
    await secret.fill('wrong');
    await secret.press('Enter');
    await page.getByRole('alert').getByText('Имя или пароль не подходят').waitFor();
    await secret.fill(password);
    await secret.press('Enter');
    await page.getByRole('heading', { name: 'Пользователи' }).waitFor();
    await page.getByRole('button', { name: /Учётная запись/ }).click();
    await page.getByRole('menuitem', { name: 'Выйти', exact: true }).click();
    await page.getByRole('heading', { name: 'Вход' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  it('language and theme are kept', async () => {
    const { page, complaints } = await setup.visitAs('ivanova');
    await page.goto('/users');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await page.getByRole('button', { name: /Appearance/ }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
  });

  it('a session that ends in the midst of work loses no input', async () => {
    const { page, complaints } = await setup.visitAs('ivanova');
    await page.goto('/users');
    await page.getByRole('button', { name: 'Добавить…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Новый пользователь' });
    await dialog.getByLabel('Имя для входа').fill('petrov');
    await dialog.getByLabel('Фамилия и инициалы').fill('Петров С. В.');
    await dialog.getByLabel(/Причина/).fill('новый сотрудник');
    expect(await accessibilityFaults(page)).toEqual([]);
    await setup.http.app.get(Sessions).endAll('ivanova');
    await dialog.getByRole('button', { name: 'Добавить и получить ссылку' }).click();

    const again = page.getByRole('dialog', { name: 'Сеанс закончился' });
    await again.getByRole('textbox', { name: 'Пароль' }).fill(password);
    expect(await accessibilityFaults(page)).toEqual([]);
    await again.getByRole('button', { name: 'Войти' }).click();
    await again.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Фамилия и инициалы').inputValue()).toBe('Петров С. В.');
    await dialog.getByRole('button', { name: 'Добавить и получить ссылку' }).click();
    await page.getByRole('status').getByText('Добавлен petrov').waitFor();
    await page.getByRole('cell', { name: 'Петров С. В.' }).waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });
});
