import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, openPage } from '../harness/browser.js';

let browser: Browser;
let server: Server;
let origin: string;

const page = `<!doctype html><html lang="ru"><head><title>x</title></head><body>
  <main><h1>x</h1><input></main><script>inline()</script><img alt="" src="http://127.0.0.1:9/x.png"></body></html>`;

beforeAll(async () => {
  server = createServer((_, answer) =>
    answer
      .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; img-src *" })
      .end(page),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('sees what a page does wrong: its policy broken, another address asked, an input without a name', async () => {
  const { page, complaints } = await openPage(browser, origin);
  await page.goto('/');
  expect(complaints.foreign).toEqual(['http://127.0.0.1:9/x.png']);
  expect(complaints.violations).toEqual([expect.stringContaining('script-src-elem inline')]);
  expect(await accessibilityFaults(page)).toEqual([expect.stringMatching(/^label: <input>/)]);
  await page.context().close();
});
