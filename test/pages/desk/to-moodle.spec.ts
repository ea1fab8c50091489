import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#persistence';
import { schema } from '../../../apps/console/ledger/schema.js';
import { Sessions } from '../../../apps/console/session/sessions.js';
import { Users } from '../../../apps/console/session/users/users.js';
import type { University } from '../../../sandbox/onec/university/university.js';
import { openBrowser, openPage } from '../../harness/browser.js';
import { runUniversity, type RunningUniversity } from '../../harness/running-university.js';
import { until } from '../../harness/until.js';

/** Students of one semester of one curriculum, which has one discipline without a course and one that is bound. */
const students = 300;
const [bound, chosen] = [5, 7];

/** Seconds. */
const promised = { seen: 5, enrolled: 10, inAll: 15 };

describe('from the form to Moodle', () => {
  let university: RunningUniversity;
  let browser: Browser;
  let dataSource: DataSource;
  let origin: string;
  let token: string;

  const enrolled = (course: number): number =>
    [...university.systems[0]!.moodle.state.enrolments.inCourse(course)].filter(({ suspended }) => !suspended).length;
  /** Has the poller published whatever the register has last written? */
  const seen = async (): Promise<boolean> => {
    const { rows } = await university.database.query<{ seen: boolean }>(
      `select p.binding_sequence >= c.last as seen from onec_poller.systems p, onec_component.binding_sequence c`,
    );
    return rows[0]?.seen ?? false;
  };

  beforeAll(async () => {
    university = await runUniversity({ university: oneGroup(), desk: true });
    const served = university.replica('console');
    await Promise.all([university.start(), served.start()]);
    origin = `http://127.0.0.1:${served.servedPort}`;
    dataSource = await createDataSource({ url: university.environment.DATABASE_URL!, ...schema }).initialize();
    const grants = [{ role: 'ELSCurriculumDeveloper' as const }];
    await new Users(dataSource).add({ login: 'petrova', name: 'Петрова А. Б.', grants });
    token = await new Sessions(dataSource).begin('petrova');
    browser = await openBrowser();
    await until('all have an account and the bound course', () => enrolled(bound) === students, 90_000);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await dataSource?.destroy();
    await university?.stop();
  }, 60_000);

  it('a posting reaches Moodle in time', async () => {
    const { page } = await openPage(browser, origin);
    await page.context().addCookies([{ name: 'itk', value: token, url: origin }]);
    await page.goto('/desk/documents/new');
    await page.getByLabel('ЭОС').selectOption({ label: 'LMS1' });
    await page.getByRole('button', { name: 'Показать дисциплины без привязок' }).click();
    const grid = page.getByRole('grid');
    await grid.getByRole('gridcell', { name: 'Физика' }).click();
    await page.keyboard.type(`${chosen}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+KeyS');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Меняются курсы у ${students} студентов в 1 группе.`).waitFor();
    expect(enrolled(chosen)).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(/проведён: 1 привязка в регистре/).waitFor(); // prettier-ignore
    const posted = Date.now();
    const since = (): number => (Date.now() - posted) / 1_000;
    const took: Partial<Record<'seen' | 'first' | 'all', number>> = {};
    await until(
      'all are enrolled',
      async () => {
        if (took.seen === undefined && (await seen())) took.seen = since();
        if (took.first === undefined && enrolled(chosen) > 0) took.first = since();
        if (enrolled(chosen) === students) took.all = since();
        return took.all !== undefined && took.seen !== undefined;
      },
      60_000,
    );
    const { seen: known = NaN, first = NaN, all = NaN } = took;
    const numbers = `seen ${known.toFixed(1)} s, first enrolled ${first.toFixed(1)} s, all ${all.toFixed(1)} s`;
    process.stderr.write(`a posting for ${students} students: ${numbers}\n`);
    expect({ numbers, inTime: known <= promised.seen }).toEqual({ numbers, inTime: true });
    expect({ numbers, inTime: all - known <= promised.enrolled && all <= promised.inAll }).toEqual({
      numbers,
      inTime: true,
    });
  }, 90_000);
});

function oneGroup(): University {
  const programme = { year: 2025, field: '01.03.02', profile: 'Прикладная математика', mode: 'Очная', site: 'Москва' };
  const lines = ['д1', 'д2'].map((discipline) => ({
    ...{ disciplineKind: 'Discipline' as const, discipline, semester: 1, department: '801' },
  }));
  const codes = Array.from({ length: students }, (_, index) => String(index + 1).padStart(9, '0'));
  return {
    students: codes.map((code) => ({ code, individual: `и${code}` })),
    statuses: codes.map((student) => ({
      ...{ student, period: '2025-09-01T00:00:00', status: 'Continues Education', group: 'г1', semester: 1 },
    })),
    names: codes.map((code) => ({
      ...{ individual: `и${code}`, period: '2025-08-01T00:00:00' },
      ...{ lastname: 'Щёголева', firstname: 'Анна', middlename: 'Павловна' },
    })),
    groups: [{ code: 'г1', name: 'М8О-102Б-25', ...programme }],
    curricula: [
      {
        ...{ code: 'п1', name: '01.03.02 Прикладная математика', ...programme, template: false, status: 'Approved' },
        ...{ graduatingDepartment: '801', level: 'бакалавриат', lines },
      },
    ],
    disciplines: [
      { kind: 'Discipline', code: 'д1', name: 'Физика' },
      { kind: 'Discipline', code: 'д2', name: 'Химия' },
    ],
    departments: [{ code: '801', name: 'Кафедра 801' }],
    toolkit: {
      systems: [{ code: '1', name: 'LMS1', address: '' }],
      documents: [
        {
          ...{ id: '00000000-0000-4000-8000-000000000001', number: '000000001', date: '2025-09-01T10:00:00' },
          author: 'Иванов И. И.',
          lines: lines.map((line, index) => ({
            ...{ ...line, curriculum: 'п1', system: '1', courseId: index === 0 ? 0 : bound, change: true },
            several: false,
          })),
        },
      ],
    },
  };
}
