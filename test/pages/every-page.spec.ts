import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { both, eventTypes } from '#contracts';
import { PauseBook } from '#persistence';
import { event, studentChanged, synchronized, userProvisioned } from '../../apps/console/testing/console-setup.js';
import { failure, journal, sow } from '../../apps/console/testing/seeds.js';
import { accessibilityFaults } from '../harness/browser.js';
import { serveFiles } from './files-served.js';
import { PagesSetup, unexpected } from './pages-setup.js';

const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const rightToLeft = '\u202egnp.exe \u2067x';

describe('every page', () => {
  const setup = new PagesSetup();
  const addresses: string[] = [];
  const stopping = new AbortController();
  let hostile: string;

  beforeAll(async () => {
    await setup.open();
    const { dataSource } = setup.http;
    await setup.addUser('ivanova', 'Ivanova A. P.', 'administrator');
    const course = Array.from({ length: 60 }, (_, index) => failure({ code: String(10_200 + index).padStart(9, '0') }));
    const long = `${evil} ${rightToLeft} ${'я'.repeat(1_000_000)}`;
    const odd = failure({
      ...{
        code: `<b>${rightToLeft}`,
        subject: 'x',
        kind: 'contract',
        cause: 'not-json',
        about: evil,
        fingerprint: 'eeeeeeee01',
      },
      ...{ reason: both(long, long), cure: both(evil, evil), eventType: evil, body: Buffer.from(long) },
      attempts: [{ at: new Date().toISOString(), kind: evil, cause: evil, about: evil, ru: long, en: long }],
      notes: [{ at: new Date().toISOString(), by: evil, text: long }],
    });
    const closed = failure({ state: 'archived', about: '24', fingerprint: 'eeeeeeee02' });
    await sow(dataSource, ...course, odd, closed);
    hostile = odd.id;
    await journal(
      dataSource,
      'lms',
      event(eventTypes.StudentChanged, studentChanged('lms', '000010200', 1)),
      userProvisioned('lms', '000010200', 1),
      synchronized('lms', '000010200', 1),
      { ...synchronized('lms', '000010200', 2), type: 'itk.never.heard.v9', data: { told: evil } } as never,
    );
    const reason = both('Обновление Moodle', 'Moodle is upgraded');
    await new PauseBook(dataSource).put({
      system: 'lms2',
      service: 'course-enroller',
      kind: 'person',
      reason,
      by: 'x',
    });
    const boss = await setup.http.as('administrator');
    const { body } = await boss.post<{ replay: { id: string } }>('/api/replays', {
      selection: { ids: course.slice(0, 20).map(({ id }) => id) },
    });
    serveFiles(dataSource, evil, stopping.signal);
    addresses.push('/', '/failures', '/failures?view=list', `/failures/group/${course[0]!.fingerprint}`);
    addresses.push(`/failures/one?id=${course[0]!.id}`, `/failures/one?id=${odd.id}`, '/failures/group/eeeeeeee01');
    addresses.push('/failures?text=nothing-of-that-kind', '/replays', `/replays/${body.replay.id}`);
    addresses.push(
      '/students',
      '/students?code=00001',
      '/students/000010200',
      '/students/999',
      '/queues',
      '/queues/lms/course-enroller',
    );
    addresses.push(
      '/systems',
      '/systems/lms',
      '/systems/lms2',
      '/users',
      '/audit',
      '/notices',
      '/journal',
      '/journal?code=nobody',
      '/files',
      '/files/lms/27',
      '/nowhere',
    );
  }, 90_000);
  afterAll(async () => {
    stopping.abort();
    await setup.close();
  });

  const settled = async (page: Page, address: string): Promise<void> => {
    await page.goto(address);
    await page.locator('main h1, main [role=alert]').first().waitFor();
    // here no services run: what is asked of them is waited for in vain, longer than need be looked at
    const known = page.locator('main [aria-busy]').first().waitFor({ state: 'detached', timeout: 4_000 });
    await known.catch(() => undefined);
  };

  it.each([
    ['ru', 'light'],
    ['en', 'dark'],
  ])(
    'in %s, %s: nothing that axe, the policy or the console of the browser complains of',
    async (language, theme) => {
      const { page, complaints } = await setup.visitAs('ivanova');
      await page.addInitScript(
        `localStorage.setItem('itk-language', '${language}'); localStorage.setItem('itk-theme', '${theme}');`,
      );
      const faults: Record<string, unknown> = {};
      for (const address of addresses) {
        await settled(page, address);
        const found = await accessibilityFaults(page);
        if (found.length > 0) faults[address] = found;
        if (language === 'en') {
          const words = await page.locator('nav, th, button, label, h2, header').allInnerTexts();
          const russian = words.filter((text) => /[а-яё]/i.test(text.replace('Русский', '')));
          if (russian.length > 0) faults[`${address} in Russian`] = russian;
        }
      }
      expect(faults).toEqual({});
      expect(unexpected(complaints)).toEqual([]);
    },
    120_000,
  );

  it('what comes from outside is shown as text, and cut', async () => {
    const { page, complaints } = await setup.visitAs('ivanova');
    await settled(page, `/failures/one?id=${hostile}`);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect((await page.locator('main').innerText()).length).toBeLessThan(150_000);
    await page.getByRole('button', { name: 'Показать целиком' }).first().click();
    expect((await page.locator('main').innerText()).length).toBeLessThan(250_000);
    await settled(page, '/failures');
    await page.getByRole('link', { name: /<img src=x/ }).waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(unexpected(complaints)).toEqual([]);
  }, 60_000);

  it('a phone is wide enough for the overview and a failure', async () => {
    const { page } = await setup.visitAs('ivanova', { viewport: { width: 360, height: 720 } });
    for (const address of ['/', addresses[4]!]) {
      await settled(page, address);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Открыть разделы' }).click();
    await page.getByRole('link', { name: 'Студенты', exact: true }).click();
    await page.getByRole('heading', { name: 'Студенты' }).waitFor();
  }, 60_000);

  it('whoever may not see a page is told so, and is offered no deeds', async () => {
    await setup.addUser('viewer', 'Viewer V. V.', 'viewer');
    const { page } = await setup.visitAs('viewer');
    await settled(page, '/audit');
    await page.getByRole('heading', { name: 'Эта страница вам не открыта' }).waitFor();
    expect(await page.getByRole('link', { name: 'Аудит' }).count()).toBe(0);
    await settled(page, addresses[3]!);
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('button', { name: /Повторить|Спросить|В архив|Заметка/ }).count()).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(0);
  }, 60_000);
});
