import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDesk, type Desk } from '../../../apps/onec-component/testing/desk.js';
import { emptyUniversity, openRegisters, type Registers } from '../../../apps/onec-component/testing/registers.js';
import { until } from '../../harness/until.js';
import { PagesSetup, type Opened } from '../pages-setup.js';

const programme = { field: '01.03.02', profile: 'Прикладная математика', mode: 'Очная', site: 'Москва' };
const names = ['Физика', 'Химия', 'Учёт и аудит', 'Математический анализ', 'История'];

export type DeskUniversity = ReturnType<typeof emptyUniversity>;

/** The whole desk, without Moodle unless one is given: console, door, component and pages; a university of two curricula. */
export class DeskSetup {
  readonly pages = new PagesSetup();
  registers!: Registers;
  desk!: Desk;
  private readonly folder = mkdtempSync(join(tmpdir(), 'itk-desk-key-'));

  /** `lines`: of each of so many curricula. */
  async open({
    curricula = 2,
    lines = 20,
    moodle,
    component,
  }: {
    curricula?: number;
    lines?: number;
    moodle?: { url: string; token: string };
    component?: object;
  } = {}): Promise<this> {
    this.registers = await openRegisters();
    // postings of one second would stand in each other's way
    Object.defineProperty(this.registers.time, 'now', { get: () => Date.now() });
    this.registers.university.snapshot = university(curricula, lines);
    await this.registers.mirror.refresh();
    this.desk = await openDesk(this.registers, [{ id: 'lms', els: 'LMS' }]);
    const keyFile = join(this.folder, 'key.json');
    writeFileSync(keyFile, this.desk.first.secret);
    const tokenFile = join(this.folder, 'token');
    if (moodle) writeFileSync(tokenFile, moodle.token);
    await this.pages.open({
      desk: { url: this.desk.url, keyFile },
      ...(moodle && { moodle: { url: moodle.url, tokenFile } }),
      ...(component && { component }),
    });
    await this.pages.addUser('developer', 'Петрова А. Б.', 'ELSCurriculumDeveloper');
    await this.pages.addUser('second', 'Сидоров В. Г.', 'ELSCurriculumDeveloper');
    await this.pages.addUser('boss', 'Орлова М. И.', 'ELSAdministrator');
    await this.pages.addUser('looker', 'Зорин П. П.', 'viewer');
    return this;
  }

  async close(): Promise<void> {
    await this.pages.close();
    await this.desk?.close();
    await this.registers?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  visitAs(login: string, language: 'ru' | 'en' = 'ru', theme = 'light'): Promise<Opened> {
    return this.pages.visitAs(login).then(async (opened) => {
      await opened.page.addInitScript(
        `localStorage.setItem('itk-language', '${language}'); localStorage.setItem('itk-theme', '${theme}');`,
      );
      return opened;
    });
  }

  /** What the register holds of an ELS: course by curriculum, semester and discipline. */
  async bindings(system = '1'): Promise<Record<string, number>> {
    const rows: { name: string; course: number }[] = await this.registers.dataSource.query(
      `select distinct on (curriculum, semester, discipline)
              concat_ws(' ', curriculum, semester, discipline) as name, course_id as course
         from onec_component.academic_course_bindings where system = $1
        order by curriculum, semester, discipline, period desc`,
      [system],
    );
    return Object.fromEntries(rows.map(({ name, course }) => [name, course]));
  }

  /** Somebody else's posting, past the pages; the next one does not fall into its second, where both would be refused. */
  async postAs(login: string, discipline: string, course: number, curriculum?: string): Promise<void> {
    const person = this.desk.as('ELSCurriculumDeveloper', login);
    const { body } = await person.get('/api/desk/bindings?system=1&display=all');
    const ofPlan = (at: number) =>
      curriculum === undefined || body.curricula[body.lines.curriculum[at]].code === curriculum;
    const index = (body.lines.discipline as number[]).findIndex(
      (place, at) => body.disciplines[place].code === discipline && ofPlan(at),
    );
    const { department, semester, course: courses, period } = body.lines;
    const { status, body: head } = await person.send('POST', '/api/desk/documents', {
      ...{ system: '1', comment: '', date: null, display: 'all' },
      ...{
        curricula: body.curricula,
        departments: body.departments,
        disciplines: body.disciplines,
        periods: body.periods,
      },
      lines: {
        ...{ curriculum: [body.lines.curriculum[index]], department: [department[index]], semester: [semester[index]] },
        ...{ discipline: [body.lines.discipline[index]], course: [course], change: [true], several: [false] },
        ...{ shownCourse: [courses[index]], shownPeriod: [period[index]] },
      },
    });
    if (status !== 201) throw new Error(JSON.stringify(head));
    const posted = await person.send('POST', `/api/desk/documents/${head.id}/posting`, {
      version: head.version,
      accept: '',
    });
    if (posted.status !== 200 && posted.status !== 201) throw new Error(JSON.stringify(posted.body));
    const second = () => Math.floor(Date.now() / 1000);
    const itsOwn = second();
    await until('the second of the posting is over', () => second() > itsOwn, 2_000);
  }
}

function university(curricula: number, lines: number) {
  const made = emptyUniversity();
  made.departments.push({ code: '801', name: 'Кафедра 801' }, { code: '505', name: 'Кафедра 505' });
  made.toolkit.systems.push({ code: '1', name: 'LMS', address: '' }, { code: '2', name: 'СДО', address: '' });
  const disciplines = Array.from({ length: lines }, (_, index) => ({
    kind: 'Discipline' as const,
    code: `д${index + 1}`,
    name: `${names[index % names.length]}${index < names.length ? '' : ` ${Math.floor(index / names.length) + 1}`}`,
  }));
  made.disciplines.push(...disciplines);
  made.groups.push({ code: 'г1', name: 'М8О-102Б-25', year: 2025, ...programme });
  for (let index = 0; index < curricula; index++) {
    const ofPlan = disciplines.map(({ kind, code }, number) => ({
      ...{ disciplineKind: kind, discipline: code, semester: 1 + (number % 4) },
      department: number % 3 === 0 ? '505' : '801',
    }));
    const code = `п${index + 1}`;
    made.curricula.push({
      ...{ code, name: `01.03.02 Прикладная математика ${2025 - index}`, year: 2025 - index, ...programme },
      ...{ template: false, status: 'Approved', graduatingDepartment: '801', level: 'бакалавриат', lines: ofPlan },
    });
    made.toolkit.documents.push({
      id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      ...{ number: `00000000${index + 1}`.slice(-9), date: `2026-09-01T10:00:0${index % 10}`, author: 'Иванов И. И.' },
      lines: ofPlan.map((line, number) => ({
        ...{ ...line, curriculum: code, system: '1', change: true, several: false },
        // the first plan waits for most of its courses; the others have them
        courseId: index === 0 ? (number % 5 === 4 ? 500 + number : 0) : 400 + number,
      })),
    });
  }
  for (let index = 1; index <= 3; index++) {
    made.students.push({ code: `с${index}`, individual: `и${index}` });
    made.statuses.push({
      ...{
        student: `с${index}`,
        period: '2025-09-01T00:00:00',
        status: 'Continues Education',
        group: 'г1',
        semester: 1,
      },
    });
    made.names.push({
      ...{ individual: `и${index}`, period: '2025-08-01T00:00:00', lastname: 'Щёголева', firstname: 'Анна' },
      middlename: '',
    });
  }
  return made;
}

/** The table of the form, and what one does with it. */
export class Table {
  constructor(readonly page: Page) {}

  get grid() {
    return this.page.getByRole('grid');
  }

  /** Texts of a row of the table; the first is 1. */
  async row(number: number): Promise<string[]> {
    const row = this.grid.locator(`[aria-rowindex="${number + 1}"]`);
    return row.getByRole('gridcell').allInnerTexts();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

/** The server has what was entered. */
export const kept = (page: Page) => page.getByText('Черновик сохранён').waitFor();

/** A new document that displays all bindings of LMS. */
export async function begin(page: Page): Promise<Table> {
  await page.goto('/desk/documents/new');
  await page.getByLabel('ЭОС').selectOption({ label: 'LMS' });
  await page.getByRole('button', { name: 'Показать привязки курсов' }).click();
  const table = new Table(page);
  await table.grid.getByRole('gridcell', { name: 'Физика', exact: true }).first().waitFor();
  return table;
}
