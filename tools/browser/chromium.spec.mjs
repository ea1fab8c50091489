import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, findBrowser, fontSettings } from './chromium.mjs';

test('a browser that is named is taken as it is', async () => {
  expect(await findBrowser({ ITK_BROWSER: '/opt/chrome' })).toEqual({ executablePath: '/opt/chrome', env: {} });
});

test('a folder with signs of XML in its name is no obstacle for the fonts', () => {
  expect(fontSettings('/home/A & <B>')).toContain('<dir>/home/A &amp; &lt;B>/fonts</dir>');
});

test('it starts and draws Cyrillic, of one width where codes stand', async () => {
  const { executablePath, env } = await findBrowser();
  expect(existsSync(executablePath)).toBe(true);
  const home = mkdtempSync(join(tmpdir(), 'itk-browser-'));
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env, HOME: home },
    args: browserArguments,
  });
  try {
    const page = await browser.newPage();
    const texts = {
      sans: ['sans-serif', 'Щ'],
      narrow: ['sans-serif', 'г'],
      code: ['monospace', 'Щ'],
      thin: ['monospace', '1'],
    };
    await page.setContent(
      Object.entries(texts)
        .map(([id, [family, letter]]) => `<span id="${id}" style="font: 40px ${family}">${letter}</span>`)
        .join(' '),
    );
    const width = async (/** @type {keyof typeof texts} */ id) =>
      (await page.locator(`#${id}`).boundingBox())?.width ?? NaN;
    expect(await width('sans')).toBeGreaterThan((await width('narrow')) * 1.5);
    expect(await width('code')).toBe(await width('thin'));
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
});
