import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settle, ShownUniversity } from './shown-university.js';

/** The pictures of docs/operators.md: `npm run proof -- test/pages/pictures/operators`. */
const folder = resolve('docs/operators');
const shown = new ShownUniversity();
beforeAll(() => shown.open(), 900_000);
afterAll(() => shown.close(), 60_000);

/** Of those that show more than the eye reads, so many pixels from above. */
const heights: Record<string, number> = { journal: 440, failures: 560, cause: 440, replay: 480 };
const usual = 600;
const width = 1180;
const pictures = [
  ...['overview', 'failures', 'cause', 'failure', 'replay', 'student'],
  ...['journal', 'queues', 'system', 'notices'],
];

it.each(['ru', 'en'])(
  '%s',
  async (language) => {
    mkdirSync(folder, { recursive: true });
    const page = await shown.visit(language, 'light');
    const { pages } = shown;
    const take = async (name: string) => {
      const path = join(folder, `${name}.${language}.png`);
      rmSync(path, { force: true });
      await page.screenshot({ path });
      expect([name, statSync(path).size < 130_000]).toEqual([name, true]);
    };
    for (const name of pictures) {
      await page.setViewportSize({ width, height: heights[name] ?? usual });
      await settle(page, pages[name]!);
      await take(name);
    }
    await page.setViewportSize({ width, height: 640 });
    await settle(page, pages.failure!);
    await page.getByRole('button', { name: /^(Исправить|Edit)/ }).click();
    await page.getByLabel(/^(группа|group)$/).fill('М8О-104Б-25');
    await page.getByText(/^(Проверено|Checked)/).waitFor();
    await take('edit');
    await page.setViewportSize({ width, height: usual });
    await settle(page, pages.cause!);
    await page.getByRole('button', { name: /^(Повторить|Replay) \d/ }).click();
    await page.getByRole('dialog').waitFor();
    await take('replay-confirmed');
    await page.context().close();
  },
  300_000,
);
