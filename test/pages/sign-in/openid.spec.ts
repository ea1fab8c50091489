import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Sessions } from '../../../apps/console/session/sessions.js';
import { accessibilityFaults } from '../../harness/browser.js';
import { openConfigured } from '../configured.js';
import { PagesSetup } from '../pages-setup.js';
import { client, UniversityProvider } from './university-provider.js';

/** At the provider's own pages: whatever password will do there. */
async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe("signing in by the university's account", () => {
  const setup = new PagesSetup();
  const provider = new UniversityProvider();
  const folder = mkdtempSync(join(tmpdir(), 'itk-openid-'));
  beforeAll(async () => {
    // It says that it is not meant for production as it is here.
    for (const name of ['warn', 'info'] as const) jest.spyOn(console, name).mockReturnValue();
    await provider.listen();
    const clientSecretFile = join(folder, 'secret');
    writeFileSync(clientSecretFile, client.secret);
    await openConfigured(setup, {
      openid: {
        ...{ issuer: provider.url, clientId: client.id, clientSecretFile },
        button: { ru: 'Войти через ЕЛК', en: 'Sign in with the university' },
        roles: [{ value: 'itk-operators', role: 'operator' }],
      },
    });
    await provider.know(setup.http.url);
    provider.groups.set('petrov', ['itk-operators']);
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await setup.close();
    await provider.close();
    rmSync(folder, { recursive: true });
  });

  it('leads there and back to the page that was asked for, and signs out there, too', async () => {
    const { page, complaints } = await setup.visit();
    // the provider's own pages want a font
    await page.context().route(/googleapis/, (route) => route.abort());
    await page.goto('/queues');
    const button = page.getByRole('link', { name: 'Войти через ЕЛК' });
    await button.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button.click();
    await signInThere(page, 'petrov');
    await page.getByRole('heading', { name: 'Очереди' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/queues');
    await page.getByRole('button', { name: 'Учётная запись: Петров С. В.' }).click();
    await page.getByRole('menuitem', { name: 'Выйти', exact: true }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Сменить пароль…' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Выйти', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('link', { name: 'Войти через ЕЛК' }).waitFor();
    expect(page.url()).toBe(`${setup.http.url}/`);
    expect(complaints.violations).toEqual([]);
  });

  it('whoever has no role is told so, in both languages', async () => {
    const { page } = await setup.visit();
    await page.goto('/failures');
    await page.getByRole('link', { name: 'Войти через ЕЛК' }).click();
    await signInThere(page, 'stranger');
    await page.getByRole('alert').getByText('Роль вам не назначена').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('alert').getByText('You have been given no role').waitFor();
    await page.getByRole('link', { name: 'Sign in with the university' }).waitFor();
  });

  it('a session that ends is taken up in a tab of its own, and nothing that was entered is lost', async () => {
    const { page } = await setup.visit();
    await page.goto('/journal');
    await page.getByRole('link', { name: 'Войти через ЕЛК' }).click();
    await signInThere(page, 'petrov');
    await page.getByRole('heading', { name: 'Журнал' }).waitFor();
    await page.evaluate(`document.body.setAttribute('data-same', 'yes')`);
    await setup.http.app.get(Sessions).endAll('petrov');
    // Whoever looks at the window again is asked about anew, too.
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    // Whether or not it has been noticed already, and the dialog stands over the link.
    await page.evaluate(`document.querySelector('a[href="/failures"]').click()`);
    const again = page.getByRole('dialog', { name: 'Сеанс закончился' });
    await again.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const opening = page.context().waitForEvent('page');
    await again.getByRole('link', { name: 'Войти через ЕЛК' }).click();
    const tab = await opening;
    await tab.getByRole('heading', { name: 'Вы вошли' }).waitFor();
    expect(await accessibilityFaults(tab)).toEqual([]);
    await tab.close();
    await page.bringToFront();
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await again.waitFor({ state: 'detached' });
    expect(await page.locator('body').getAttribute('data-same')).toBe('yes');
  });
});
