import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settle, ShownUniversity } from './shown-university.js';

/** Pictures of every page, of a university that runs: `npm run screenshots`. */
const folder = resolve('.local/screenshots');
const shown = new ShownUniversity();
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await shown.open();
}, 900_000);
afterAll(() => shown.close(), 60_000);

describe('pictures of every page', () => {
  it.each(['ru', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => [language, theme] as const)))(
    '%s, %s',
    async (language, theme) => {
      const page = await shown.visit(language, theme);
      const place = join(folder, `${language}-${theme}`);
      mkdirSync(place, { recursive: true });
      const take = (name: string) => page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
      const { pages } = shown;
      for (const [name, address] of Object.entries(pages)) {
        await settle(page, address);
        await take(name);
      }
      await settle(page, pages.failure!);
      await page.getByRole('button', { name: /^(Исправить|Edit)/ }).click();
      await page.getByRole('table').first().waitFor();
      await take('edit');
      await settle(page, pages.cause!);
      await page.getByRole('button', { name: /^(Повторить|Replay) \d/ }).click();
      await page.getByRole('dialog').waitFor();
      await take('replay-confirmed');
      await page.goto('/desk/documents/new');
      await page.getByRole('combobox').first().selectOption({ index: 1 });
      await page.getByRole('button', { name: /Показать привязки|Display course/ }).click();
      await page.getByRole('row').nth(9).waitFor();
      await take('form');
      await page.setViewportSize({ width: 360, height: 720 });
      for (const [name, address] of Object.entries(pages)) {
        await settle(page, address);
        await take(`${name}-phone`);
      }
      await page.context().clearCookies();
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.goto('/');
      await page.getByRole('button', { name: /^(Войти|Sign in)$/ }).waitFor();
      await take('sign-in');
      await page.context().close();
    },
    600_000,
  );

  it('says where they are', () => {
    process.stderr.write(`${folder}\n`);
  });
});
