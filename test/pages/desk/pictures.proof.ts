import { afterAll, beforeAll, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { DeskSetup, type DeskUniversity } from './desk-setup.js';

/** The pictures of docs/binding-desk.md: `npm run proof -- test/pages/desk/pictures`. */
const folder = resolve('docs/binding-desk');
/** Of Moodle's courses: those that a table of the first curricula shows. */
const titles: Record<number, string> = {
  ...{ 400: 'Общая физика, 1 курс', 401: 'Химия воды', 405: 'Общая физика, 2 курс', 410: 'Физика колебаний' },
  ...{ 409: 'История науки', 412: 'Учёт затрат', 413: 'Математический анализ, 3 семестр', 415: 'Физика твёрдого тела' },
  ...{ 416: 'Органическая химия', 417: 'Внутренний аудит', 418: 'Ряды и интегралы', 500: 'Лабораторная физика' },
  ...{ 504: 'История России', 509: 'История техники', 514: 'История математики', 519: 'История Москвы' },
};
const setup = new DeskSetup();
let moodle: SandboxMoodle;
beforeAll(async () => {
  moodle = await createSandboxMoodle({ courses: 701 });
  for (const [id, fullname] of Object.entries(titles))
    moodle.state.courses.update(moodle.state.courses.get(Number(id))!, { fullname });
  await setup.open({ moodle });
  const { students, statuses } = setup.registers.university.snapshot as DeskUniversity;
  for (const code of ['с7', 'с8', 'с9']) {
    students.push({ code, individual: `и${code}` });
    const group = code === 'с9' ? 'г9' : null;
    statuses.push({ student: code, period: '2025-09-01T00:00:00', status: 'Continues Education', group, semester: 1 });
  }
  await setup.registers.mirror.refresh();
  await setup.registers.synchronizer.getStudents('LMS', 100);
}, 90_000);
afterAll(async () => {
  await setup.close();
  await moodle.close();
});

it.each(['ru', 'en'] as const)(
  '%s',
  async (language) => {
    mkdirSync(folder, { recursive: true });
    const { page } = await setup.visitAs('boss', language);
    await page.setViewportSize({ width: 1366, height: 700 });
    const take = (name: string) => page.screenshot({ path: join(folder, `${name}.${language}.png`) });
    await page.goto('/desk/documents/new');
    await page.getByRole('combobox').first().selectOption({ label: 'LMS' });
    await page.getByRole('button', { name: /Показать привязки|Display course/ }).click();
    const grid = page.getByRole('grid');
    await grid.getByText('Физика', { exact: true }).first().waitFor();
    await page
      .getByLabel(/^(Учебный план|Curriculum)$/)
      .first()
      .fill('2025');
    await grid.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    for (const course of ['409', '412']) {
      await page.keyboard.type(course);
      await page.keyboard.press('Enter');
    }
    await page.getByText(/Черновик сохранён|Draft kept/).waitFor();
    await take('form');
    await page.keyboard.press('F4');
    await page.keyboard.type('физика');
    await page
      .getByRole('listbox', { name: /курсы|Courses/ })
      .getByRole('option')
      .first()
      .waitFor();
    await take('choose');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await setup.postAs('Сидоров', 'д9', language === 'ru' ? 700 : 701, 'п1');
    await page.keyboard.press('Control+KeyS');
    await page
      .getByRole('dialog')
      .getByText(/В регистр попад|into the register/)
      .waitFor();
    await take('save');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Таблица|Spreadsheet/ }).click();
    await page.getByRole('menuitem').nth(2).click();
    const head = 'Curriculum code;Department code;Kind;Discipline code;Semester;Course';
    const rows = ['п1;505;Discipline;д1;1;409', 'п1;801;Discipline;д2;2;412', 'п1;801;Discipline;д99;3;7'];
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'bindings.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...rows].join('\r\n')) },
    });
    await page.getByRole('dialog').getByRole('table').waitFor();
    await take('spreadsheet');
    await page.goto('/desk/synchronization?kind=Status+Error');
    await page.getByRole('table').waitFor();
    await take('register');
    await page.context().close();
  },
  60_000,
);
