import { chromium, type Browser } from 'playwright-core';

const { browserArguments, findBrowser } = (await import(
  new URL('../../../tools/browser/chromium.mjs', import.meta.url).href
)) as {
  browserArguments: string[];
  findBrowser(): Promise<{ executablePath: string; env: Record<string, string> }>;
};

export interface FirstLoad {
  /** As sent, compressed. */
  kilobytes: number;
  /** Seconds from the address to a drawn overview that answers. */
  interactive: number;
}

export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: browserArguments,
  });
}

/** The overview in a browser that has never been here. @param slowDown how many times slower its processor is */
export async function firstLoad(browser: Browser, url: string, session: string, slowDown: number): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  try {
    await context.addCookies([{ name: 'itk', value: session, url }]);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    let bytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    const begun = performance.now();
    await page.goto(url);
    await page.locator('main h1').waitFor();
    // it answers once a turn of its own is free
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
    const interactive = (performance.now() - begun) / 1000;
    await page.waitForLoadState('networkidle').catch(() => undefined);
    return { kilobytes: bytes / 1000, interactive };
  } finally {
    await context.close();
  }
}
