import { eventTypes } from '#contracts';
import { eventually } from '#persistence/testing';
import { event, studentChanged, synchronized, userProvisioned } from '../testing/console-setup.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { journal } from '../testing/seeds.js';

/** `lms`: files alone feed it. `lms2`: its Moodle takes a file. */
const setup = new HttpSetup();
let operator: Browser;
beforeAll(async () => {
  await setup.open({
    shapes: {
      lms: ({ synchronizer: _, ...usual }) => usual,
      lms2: ({ moodle: _, ...usual }) => ({
        ...usual,
        imsFile: { url: 'https://lms2.invalid', file: 'enrol.xml', zone: 'Europe/Moscow' },
      }),
    },
  });
  operator = await setup.as('operator');
}, 120_000);
afterAll(() => setup.close());
beforeEach(() => setup.dataSource.query('truncate console.journal, console.known, console.examinations'));

const ways = { lms: { fedBy: ['files'], writtenBy: 'calls' }, lms2: { fedBy: ['onec'], writtenBy: 'file' } };
const code = '000010203';
const changed = (system: string, origin: 'onec' | 'ims', revision = 1) =>
  event(eventTypes.StudentChanged, { ...studentChanged(system, code, revision), origin });
const storyIn = async (system: string) => {
  const { stories } = (await operator.get(`/api/students/story?code=${code}`)).body;
  return (stories as { system: string }[]).find((each) => each.system === system);
};

test('lists, overview and each system say who tells of its students and how its Moodle is written to', async () => {
  const named = (await operator.get('/api/systems')).body.systems;
  expect(named).toMatchObject([
    { system: 'lms', moodle: 'http://127.0.0.1:1/lms', ...ways.lms },
    { system: 'lms2', moodle: 'https://lms2.invalid', ...ways.lms2 },
  ]);
  const { systems } = (await operator.get('/api/overview')).body;
  expect(systems).toMatchObject([
    { system: 'lms', ...ways.lms, lastReported: null },
    { system: 'lms2', ...ways.lms2, moodle: 'https://lms2.invalid' },
  ]);
  for (const system of ['lms', 'lms2'] as const) {
    expect((await operator.get(`/api/systems/${system}`)).body.status).toMatchObject({ system, ...ways[system] });
    expect((await operator.get(`/api/systems/${system}/pass`)).status).toBe(200);
  }
});

test('the doctor looks at what there is, and says nothing of a 1C or of web services that there are not', async () => {
  for (const system of ['lms', 'lms2']) await operator.post(`/api/systems/${system}/examination`);
  const parts = async () => {
    const { examinations } = (await operator.get('/api/examinations')).body as {
      examinations: { system: string; endedAt: string | null; parts: { part: string }[] }[];
    };
    expect(examinations.map(({ endedAt }) => endedAt)).not.toContain(null);
    return Object.fromEntries(examinations.map((each) => [each.system, each.parts.map(({ part }) => part)]));
  };
  await eventually(async () => expect(await parts()).toEqual({ lms: ['moodle'], lms2: ['onec'] }), 60_000);
}, 120_000);

test('a 1C that does not feed the system is not asked, and that is said; nor is a Moodle without web services', async () => {
  const asked = await operator.post('/api/systems/lms/ask-now');
  expect(asked).toMatchObject({ status: 404, text: expect.stringMatching(/Систему lms наполняет не 1С, а файлы IMS/) });
  expect(await operator.post('/api/systems/lms/ask-again', { codes: [code] })).toMatchObject({ status: 404 });
  const courses = await operator.get('/api/systems/lms2/courses?text=a');
  expect(courses.text).toMatch(/has no web services/);
});

test('whom files tell of: the story speaks of no 1C', async () => {
  await journal(setup.dataSource, 'lms', synchronized('lms', code, 1));
  expect(await storyIn('lms')).toMatchObject({
    ...ways.lms,
    told: null,
    sentence: { en: 'No file has told of the student yet, or the journal no longer remembers it' },
  });
  await journal(
    setup.dataSource,
    'lms',
    changed('lms', 'ims'),
    userProvisioned('lms', code, 1),
    synchronized('lms', code, 1),
  );
  expect(await storyIn('lms')).toMatchObject({ moodleUser: 5, sentence: { en: 'In all courses: 1' } });
});

test('whom the file for Moodle carries: no number of an account that Moodle does not know', async () => {
  await journal(
    setup.dataSource,
    'lms2',
    changed('lms2', 'onec'),
    userProvisioned('lms2', code, 1),
    synchronized('lms2', code, 1),
  );
  expect(await storyIn('lms2')).toMatchObject({
    ...ways.lms2,
    moodleUser: null,
    sentence: { ru: 'В файле для Moodle, курсов: 1', en: 'In the file for Moodle, courses: 1' },
    courses: [{ course: '17', state: 'enrolled' }],
  });
  expect((await operator.get('/api/students?moodleUser=5')).body.students).toEqual([]);
  expect((await operator.get(`/api/students?code=${code}`)).body.students).toMatchObject([{ system: 'lms2' }]);
});
