import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { DeskSetup, Table } from './desk-setup.js';

/**
 * Does the form keep up with the hand at 5,000 lines? The longest frame of each deed, medians of some runs, with the
 * machine's load: `npm run proof -- test/pages/desk/frames`. Above 50 ms a person sees it.
 */
const runs = 5;
const longest = 50;
const setup = new DeskSetup();
beforeAll(() => setup.open({ curricula: 100, lines: 50 }), 180_000);
afterAll(() => setup.close());

const watch = `(() => {
  window.frames50 = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.frames50.push(duration);
  }).observe({ type: 'long-animation-frame' });
})()`;

/** Longest frame over 50 ms while the deed went on; 0: none. */
async function frame(page: Page, deed: () => Promise<unknown>): Promise<number> {
  await page.evaluate('window.frames50.length = 0');
  await deed();
  // two frames more: the observer tells of a frame after it
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))',
  );
  return Math.round(await page.evaluate<number>('Math.max(0, ...window.frames50)'));
}

it('5,000 lines: scrolling, filtering, typing, pasting 500 values, marking all', async () => {
  const found: Record<string, number[]> = {};
  const loads: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { page } = await setup.visitAs('developer');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/desk/documents/new');
    await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
    await page.getByRole('button', { name: 'Показать привязки курсов' }).click();
    const { grid } = new Table(page);
    await page.getByText('Строк 5 000 из 5 000').waitFor();
    await page.evaluate(watch);
    const note = async (name: string, deed: () => Promise<unknown>) =>
      void (found[name] ??= []).push(await frame(page, deed));
    await grid.hover();
    await note('scroll 40 times 1,500 px', async () => {
      for (let step = 0; step < 40; step++) await page.mouse.wheel(0, 1_500);
    });
    const discipline = page.getByLabel('Дисциплина', { exact: true });
    await discipline.focus();
    await note('filter by 6 letters', () => page.keyboard.type('физика', { delay: 20 }));
    await note('clear the filter', () => discipline.fill(''));
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await note('20 courses typed', async () => {
      for (let cell = 0; cell < 20; cell++) {
        // 50 keys a second: faster than a hand, and not all keys of a course within one frame
        await page.keyboard.type(String(900 + cell), { delay: 20 });
        await page.keyboard.press('Enter', { delay: 20 });
      }
    });
    const column = Array.from({ length: 500 }, (_, index) => 2_000 + run + index).join('\n');
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(column)})`);
    await note('paste 500 values', () => page.keyboard.press('Control+KeyV'));
    await note('undo it', () => page.keyboard.press('Control+KeyZ'));
    await page.getByRole('button', { name: 'Отметить все' }).focus();
    await note('mark all', () => page.keyboard.press('Enter'));
    await grid.focus();
    await note('edit one, all 5,000 change', async () => {
      await page.keyboard.type('77');
      await page.keyboard.press('Enter');
    });
    loads.push(loadavg()[0]!);
    await page.context().close();
  }
  const medians = Object.entries(found).map(([name, values]) => {
    const sorted = [...values].sort((one, other) => one - other);
    return { name, median: sorted[Math.floor(sorted.length / 2)]!, worst: sorted.at(-1)! };
  });
  for (const { name, median, worst } of medians)
    process.stderr.write(`${name}: median ${median} ms, worst ${worst} ms\n`);
  process.stderr.write(`load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}\n`);
  expect(medians.filter(({ median }) => median > longest)).toEqual([]);
}, 600_000);
