import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { accessibilityFaults } from '../../harness/browser.js';
import { unexpected } from '../pages-setup.js';
import { DeskSetup, Table } from './desk-setup.js';

const setup = new DeskSetup();
let moodle: SandboxMoodle;
beforeAll(async () => {
  moodle = await createSandboxMoodle({ courses: 450 });
  const { courses } = moodle.state;
  courses.update(courses.get(7)!, { fullname: 'Оптика и атомная физика', shortname: 'ОАФ' });
  courses.update(courses.get(8)!, { manual: false });
  courses.update(courses.get(401)!, { fullname: 'Химия воды' });
  await setup.open({ moodle });
}, 90_000);
afterAll(async () => {
  await setup.close();
  await moodle.close();
});

it('a course is found by its name in Moodle; one that nobody can be enrolled in is refused before posting', async () => {
  const { page, complaints } = await setup.visitAs('developer');
  await page.goto('/desk/documents/new');
  await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
  await page.getByRole('button', { name: 'Показать привязки курсов' }).click();
  const table = new Table(page);
  // what is bound is called as in Moodle
  await table.grid.getByText('Химия воды').first().waitFor();
  await table.grid.getByRole('gridcell', { name: 'Физика', exact: true }).first().click();
  await page.keyboard.press('F4');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Номер или название').fill('атомная');
  await dialog.getByRole('option', { name: 'Оптика и атомная физика (ОАФ)' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await table.grid.getByText('7 Оптика и атомная физика').waitFor();

  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('99999');
  await page.keyboard.press('Enter');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  const against = dialog.getByRole('alert');
  await against.getByText('Курс 99999').waitFor();
  expect(await against.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Курс (99999|8): .+/),
    expect.stringMatching(/^Курс (99999|8): .+/),
  ]);
  expect(await dialog.getByRole('button', { name: 'Записать' }).isDisabled()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(unexpected(complaints)).toEqual([]);
}, 90_000);
