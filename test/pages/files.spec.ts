import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serveFiles } from './files-served.js';
import { PagesSetup, unexpected } from './pages-setup.js';

const setup = new PagesSetup();
const stopping = new AbortController();
beforeAll(async () => {
  await setup.open();
  await setup.addUser('ivanova', 'Ivanova A. P.', 'operator');
  await setup.addUser('onlooker', 'Sidorov', 'viewer');
  serveFiles(setup.http.dataSource, '<b>', stopping.signal);
}, 90_000);
afterAll(async () => {
  stopping.abort();
  await setup.close();
});

it('from the list to a file that is held, which is applied with a reason, and back', async () => {
  const { page, complaints } = await setup.visitAs('ivanova');
  await page.goto('/files');
  await page.getByRole('link', { name: 'выгрузка-2026-11-27.xml' }).click();
  await page.getByRole('heading', { name: 'Файл 27' }).waitFor();
  await page.getByText('нет sourcedid с id').waitFor();
  await page.getByRole('link', { name: '000010202' }).waitFor();
  await page.getByRole('button', { name: 'Применить' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Проверено деканатом');
  await dialog.getByRole('button', { name: 'Применить' }).click();
  await page.getByText('Решено о 1 файле.').waitFor();
  await page.goto('/files');
  await page.getByRole('link', { name: '<b>.xml' }).waitFor();
  expect(await page.getByText('ждёт решения').count()).toBe(0);
  expect(unexpected(complaints)).toEqual([]);
  expect(
    await setup.http.dataSource.query(`select "by", reason from console.audit where action = 'ims.release'`),
  ).toEqual([{ by: 'ivanova', reason: 'Проверено деканатом' }]);
}, 60_000);

it('an onlooker sees the files and may not decide; a phone is wide enough', async () => {
  const { page } = await setup.visitAs('onlooker', { viewport: { width: 360, height: 720 } });
  for (const address of ['/files', '/files/lms/27']) {
    await page.goto(address);
    await page.getByText('выгрузка-2026-11-27.xml').first().waitFor();
    expect(await page.getByRole('button', { name: 'Применить' }).count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  }
}, 60_000);
