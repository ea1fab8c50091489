import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessibilityFaults } from '../harness/browser.js';
import { openConfigured } from './configured.js';
import { PagesSetup, unexpected } from './pages-setup.js';

describe('students by name', () => {
  const setup = new PagesSetup();
  const folder = mkdtempSync(join(tmpdir(), 'itk-names-'));
  const asked: string[] = [];
  let desk: Server;
  beforeAll(async () => {
    desk = createServer(({ url = '' }, response) => {
      asked.push(decodeURIComponent(url));
      const student = { code: '000010203', lastname: 'Королёва', firstname: 'Анна', middlename: '', group: 'ИВТ-21' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ students: url.includes('zz') ? [] : [student], more: true }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    const keyFile = join(folder, 'key.json');
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    writeFileSync(keyFile, JSON.stringify({ ...key, kid: 'one' }));
    const { port } = desk.address() as AddressInfo;
    await openConfigured(setup, { desk: { url: `http://127.0.0.1:${port}`, keyFile } });
    await setup.addUser('ivanova', 'Иванова А. П.', 'operator');
    await setup.addUser('orlova', 'Орлова М. И.', 'viewer');
  }, 60_000);
  afterAll(async () => {
    desk.closeAllConnections();
    desk.close();
    await setup.close();
    rmSync(folder, { recursive: true });
  });

  it('are found through the door; the page says when there are more, and when nobody is', async () => {
    const { page, complaints } = await setup.visitAs('ivanova');
    await page.goto('/students');
    await page.getByLabel('Имя').fill('королева');
    await page.getByRole('link', { name: 'Королёва Анна' }).waitFor();
    await page.getByText('Есть и другие').waitFor();
    expect(asked.at(-1)).toBe('/api/desk/students?name=королева&limit=100');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Имя').fill('zz');
    await page.getByText('Студентов с таким именем в 1С нет').waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  it('a viewer gets no names and is told so', async () => {
    const before = asked.length;
    const { page } = await setup.visitAs('orlova');
    await page.goto('/students?name=королева');
    await page.getByText('Имена студентов вашей роли не показываются').waitFor();
    expect(await page.getByLabel('Имя').count()).toBe(0);
    expect(asked).toHaveLength(before);
  });

  it('a door that is away says why', async () => {
    desk.closeAllConnections();
    await new Promise((resolve) => desk.close(resolve));
    const { page } = await setup.visitAs('ivanova');
    await page.goto('/students?name=королева');
    await page.getByRole('alert').getByText('onec-component не отвечает').waitFor();
  });
});
