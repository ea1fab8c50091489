import { both, eventTypes, makeEvent } from '#contracts';
import { PauseBook, TroubleBook } from '#persistence';
import { event, failedEvent, studentChanged, synchronized, userProvisioned } from '../testing/console-setup.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { failure, journal, sow } from '../testing/seeds.js';

const setup = new HttpSetup();
let viewer: Browser;
beforeAll(async () => {
  await setup.open();
  viewer = await setup.as('viewer');
}, 60_000);
afterAll(() => setup.close());
beforeEach(() =>
  setup.dataSource.query(
    'truncate console.failures, console.journal, console.known, operations.pause, operations.trouble',
  ),
);

const code = '000010203';
const changed = (revision: number, courses = [17, 18]) =>
  event(eventTypes.StudentChanged, {
    ...studentChanged('lms', code, revision),
    courses: courses.map((id) => ({ id, role: 'student' })),
  });
const story = async () => (await viewer.get(`/api/students/story?code=${code}`)).body.stories[0];

test('found by the beginning of a code, by group and by the id in Moodle', async () => {
  await journal(setup.dataSource, 'lms', changed(1), userProvisioned('lms', code, 1), synchronized('lms', code, 1));
  await journal(
    setup.dataSource,
    'lms2',
    event(eventTypes.StudentChanged, studentChanged('lms2', '000010299', 1, 'Т1')),
  );
  const found = async (query: string) =>
    (await viewer.get(`/api/students?${query}`)).body.students.map(({ code: each }: { code: string }) => each);
  expect(await found('code=0000102')).toEqual([code, '000010299']);
  expect(await found('code=0000102&system=lms2')).toEqual(['000010299']);
  expect(await found(`group=${encodeURIComponent('Т1')}`)).toEqual(['000010299']);
  expect(await found('moodleUser=5')).toEqual([code]);
  expect((await viewer.get('/api/students')).status).toBe(400);
  const limited = await setup.as('viewer', ['lms']);
  expect((await limited.get('/api/students?code=0')).body.students).toMatchObject([{ code, outcome: 'synchronized' }]);
});

test('in all courses', async () => {
  await journal(setup.dataSource, 'lms', changed(1), userProvisioned('lms', code, 1), synchronized('lms', code, 1));
  expect(await story()).toMatchObject({
    ...{ system: 'lms', moodleUser: 5, outcome: 'synchronized', moodle: 'http://127.0.0.1:1/lms' },
    sentence: { ru: 'Во всех курсах: 2', en: 'In all courses: 2' },
    courses: [
      { course: '17', state: 'enrolled' },
      { course: '18', state: 'enrolled' },
    ],
    events: { length: 3 },
  });
});

test('not in one course, and why', async () => {
  const counts = { accountCreated: false, enrolled: 1, updated: 0, suspended: 0, unchanged: 0 };
  await journal(setup.dataSource, 'lms', changed(1), failedEvent('lms', code, 1, { counts, about: '18' }));
  await sow(setup.dataSource, failure({ code, about: '18' }));
  expect(await story()).toMatchObject({
    sentence: { ru: 'В 1 из 2 курсов. В Moodle нет курса 18' },
    courses: [
      { course: '17', state: 'enrolled' },
      { course: '18', state: 'failed', reason: { en: 'There is no course 18 in Moodle' } },
    ],
    failures: [{ state: 'open', attempts: 1, replayable: true }],
  });
});

test('waits: the pass is not over, or somebody has paused it', async () => {
  await journal(setup.dataSource, 'lms', changed(1));
  expect((await story()).sentence.en).toBe('Waits: the pass is not over yet; none has ended yet');
  await setup.app
    .get(PauseBook)
    .put({ system: 'lms', service: 'course-enroller', kind: 'person', reason: both('ремонт', 'repair'), by: 'x' });
  expect((await story()).sentence.ru).toBe('Ждёт: ремонт');
});

test('a newer binding is the set that counts', async () => {
  await journal(setup.dataSource, 'lms', changed(1), synchronized('lms', code, 1));
  const later = new Date(Date.now() + 1_000);
  const binding = { system: 'lms', curriculum: '000000321', semester: 1, courses: [17, 18, 19], sequence: 5 };
  await journal(
    setup.dataSource,
    'lms',
    makeEvent(eventTypes.BindingChanged, binding, { service: 'onec-poller', time: later }),
  );
  expect((await story()).courses).toHaveLength(3);
});

test('who has left, and who has no courses', async () => {
  await journal(
    setup.dataSource,
    'lms',
    event(eventTypes.StudentChanged, { ...studentChanged('lms', code, 1), state: 'withdrawn' }),
  );
  expect((await story()).sentence.en).toBe('The student has left: no courses are due');
  await journal(setup.dataSource, 'lms', changed(2, []));
  expect((await story()).sentence.en).toMatch(/^No course is bound/);
});

test('no name is in a story; of whom nothing is known is said', async () => {
  await journal(setup.dataSource, 'lms', changed(1), userProvisioned('lms', code, 1));
  const answer = await viewer.get(`/api/students/story?code=${code}`);
  expect(answer.text).not.toMatch(/Ёлкина|Анна/);
  expect((await viewer.get('/api/students/story?code=1')).status).toBe(404);
  await new TroubleBook(setup.dataSource).found({ service: 'onec-component', system: '', check: 'mirror-record' }, [
    { about: '1', what: both('не читается', 'unreadable'), mend: both('чинить', 'mend') },
  ]);
  expect((await viewer.get('/api/students/story?code=1')).body).toMatchObject({
    stories: [],
    troubles: [{ about: '1' }],
  });
});
