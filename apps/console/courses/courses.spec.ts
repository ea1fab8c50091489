import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { MoodleClient } from '#moodle';
import { HttpSetup } from '../testing/http-setup.js';
import { Catalogue } from './catalogue.js';

let sandbox: SandboxMoodle;
let client: MoodleClient;
beforeAll(async () => {
  sandbox = await createSandboxMoodle({ courses: 20 });
  const { courses } = sandbox.state;
  courses.update(courses.get(7)!, { fullname: 'Тёплая физика & оптика', shortname: 'ТФ-7', idnumber: 'ph.7' });
  courses.update(courses.get(8)!, { fullname: 'Физика 2', manual: false });
  client = new MoodleClient({
    ...{ system: 'lms', url: sandbox.url, token: () => sandbox.token, maxInputVars: 1000, concurrency: 2 },
    log: { warn: () => undefined },
  });
});
afterAll(() => sandbox.close());

const found = async (catalogue: Catalogue, text: string) => (await catalogue.search(text)).courses.map(({ id }) => id);
/** As a service that does not have the function. */
const without = () =>
  new Catalogue({
    ...client,
    siteInfo: async () => ({ ...(await client.siteInfo()), functions: [] }),
    searchCourses: () => Promise.reject(new Error('must not be called')),
  });

test.each([
  ['by the function of Moodle', () => new Catalogue(client)],
  ['out of the list of all', without],
])('by name, short name, ID number and number, %s', async (_, made) => {
  const catalogue = made();
  expect((await found(catalogue, 'физика')).sort()).toEqual([7, 8]);
  expect(await found(catalogue, 'оптика физика')).toEqual([7]);
  expect(await found(catalogue, 'тф-7')).toEqual([7]);
  expect(await found(catalogue, 'ph.7')).toEqual([7]);
  expect((await found(catalogue, '8'))[0]).toBe(8);
  expect(await found(catalogue, 'нет такого')).toEqual([]);
});

test('the list of all is asked for once', async () => {
  let asked = 0;
  let time = 0;
  const counting = {
    ...client,
    siteInfo: async () => ({ ...(await client.siteInfo()), functions: [] }),
    allCourses: () => (asked++, client.allCourses()),
  };
  const catalogue = new Catalogue(counting, () => time);
  await found(catalogue, 'физика');
  await found(catalogue, 'оптика');
  expect(asked).toBe(1);
  time = 600_000;
  await found(catalogue, 'оптика');
  expect(asked).toBe(2);
});

test('numbers that Moodle does not know, and courses without manual enrolment, by name', async () => {
  const { courses, failures, trouble } = await new Catalogue(client).check([7, 8, 4711, 7]);
  expect(courses.map(({ id }) => id).sort()).toEqual([7, 8]);
  expect(failures.map(({ id, cause }) => [id, cause])).toEqual([
    [8, 'no-manual-enrolment'],
    [4711, 'course-missing'],
  ]);
  expect(trouble).toBeNull();
});

test('a Moodle that is away is told, and nothing is said of the numbers', async () => {
  const nowhere = new MoodleClient({
    ...{ system: 'lms', url: 'http://127.0.0.1:9', token: () => 'x', maxInputVars: 1000, concurrency: 1 },
    log: { warn: () => undefined },
  });
  const checked = await new Catalogue(nowhere).check([7]);
  expect(checked).toMatchObject({ failures: [], trouble: { ru: expect.any(String), en: expect.any(String) } });
  expect((await new Catalogue(nowhere).search('физика')).trouble).not.toBeNull();
});

test('over HTTP: an unknown system is not found, and a Moodle that is away is no fault', async () => {
  const setup = await new HttpSetup().open();
  try {
    const browser = await setup.as('ELSCurriculumDeveloper');
    expect((await browser.get('/api/systems/nowhere/courses?text=a')).status).toBe(404);
    const checked = await browser.post('/api/systems/lms/courses/check', { ids: [1] });
    expect(checked).toMatchObject({ status: 200, body: { failures: [], trouble: { ru: expect.any(String) } } });
    expect((await browser.post('/api/systems/lms/courses/check', { ids: [0] })).status).toBe(400);
  } finally {
    await setup.close();
  }
});
