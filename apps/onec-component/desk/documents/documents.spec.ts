import 'reflect-metadata';
import { openDesk, type Desk } from '../../testing/desk.js';
import { curriculum, handmadeUniversity, inMoscow } from '../../testing/handmade-university.js';
import { openRegisters, type Registers } from '../../testing/registers.js';

let registers: Registers;
let desk: Desk;
const university = handmadeUniversity(() => registers);
const planLine = (discipline: string) => ({
  ...{ disciplineKind: 'Discipline' as const, discipline, semester: 3, department: '801' },
});

beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});
beforeEach(async () => {
  await university.begin();
  university.made.curricula.length = 0;
  university.made.curricula.push(curriculum('план', { lines: [planLine('д1'), planLine('д2')] }));
  university.made.disciplines.push({ kind: 'Discipline', code: 'д1', name: 'Физика' });
  university.made.departments.push({ code: '801', name: 'Кафедра 801' });
  university.student('1');
  await university.fill();
});

/** Lines of the one curriculum, as a page sends them. */
const content = (lines: { discipline: string; course: number; change?: boolean }[], more: object = {}) => ({
  ...{ system: '1', comment: '', date: null, display: 'all', curricula: [{ code: 'план' }] },
  ...{ departments: [{ code: '801' }], periods: [] },
  disciplines: lines.map(({ discipline }) => ({ kind: 'Discipline', code: discipline })),
  lines: {
    curriculum: lines.map(() => 0),
    department: lines.map(() => 0),
    discipline: lines.map((_, index) => index),
    semester: lines.map(() => 3),
    course: lines.map(({ course }) => course),
    change: lines.map(({ change = true }) => change),
    several: lines.map(() => false),
    shownCourse: lines.map(() => null),
    shownPeriod: lines.map(() => null),
  },
  ...more,
});
const developer = () => desk.as('ELSCurriculumDeveloper', 'ivanova');
const administrator = () => desk.as('ELSAdministrator', 'admin');
const create = async (...lines: Parameters<typeof content>[0]) => {
  const { status, body } = await developer().send('POST', '/api/desk/documents', content(lines));
  expect(status).toBe(201);
  return body as { id: string; version: number; number: string };
};
const bound = async (discipline: string): Promise<number | undefined> => {
  const { body } = await developer().get('/api/desk/bindings?system=1');
  const place = (body.disciplines as { code: string }[]).findIndex(({ code }) => code === discipline);
  return body.lines.course[(body.lines.discipline as number[]).indexOf(place)] as number | undefined;
};

test('a draft is created, saved, read as it was sent, foreseen, posted, cancelled', async () => {
  const { id, version, number } = await create({ discipline: 'д1', course: 5 });
  expect([version, number]).toEqual([1, '000000001']);
  const saved = await developer().send('PUT', `/api/desk/documents/${id}`, {
    version,
    ...content(
      [
        { discipline: 'д1', course: 7 },
        { discipline: 'д2', course: 0, change: false },
      ],
      { comment: 'осень' },
    ),
  });
  expect(saved).toMatchObject({ status: 200, body: { version: 2, comment: 'осень', author: 'ivanova А. Б.' } });
  const { body: read } = await developer().get(`/api/desk/documents/${id}`);
  expect(read).toMatchObject({
    version: 2,
    curricula: [{ code: 'план', name: 'план', year: 2024 }],
    departments: [{ code: '801', name: 'Кафедра 801' }],
    disciplines: [
      { code: 'д1', name: 'Физика' },
      { code: 'д2', name: 'д2' },
    ],
    lines: { course: [7, 0], change: [true, false], discipline: [0, 1], shownCourse: [null, null] },
  });
  // What was read can be sent as it is.
  expect((await developer().send('PUT', `/api/desk/documents/${id}`, read)).status).toBe(200);
  const foreseen = await developer().get(`/api/desk/documents/${id}/posting`);
  expect(foreseen.body).toMatchObject({ faults: [], moved: [], accept: '', students: 1, groups: [{ group: 'г1' }] });
  const posted = await developer().send('POST', `/api/desk/documents/${id}/posting`, { version: 3 });
  expect(posted).toMatchObject({ status: 200, body: { posted: true, date: inMoscow } });
  expect(await bound('д1')).toBe(7);
  expect((await administrator().get(`/api/desk/documents/${id}/cancelling`)).body).toMatchObject({ students: 1 });
  const cancelled = await administrator().send('POST', `/api/desk/documents/${id}/cancelling`, { version: 4 });
  expect(cancelled).toMatchObject({ status: 200, body: { posted: false } });
  expect(await bound('д1')).toBeUndefined();
});

test('of two people at one document the second is told who and when, and nothing is lost', async () => {
  const { id } = await create({ discipline: 'д1', course: 5 });
  const save = (login: string, course: number) =>
    desk.as('ELSCurriculumDeveloper', login).send('PUT', `/api/desk/documents/${id}`, {
      version: 1,
      ...content([{ discipline: 'д1', course }]),
    });
  expect((await save('petrov', 6)).status).toBe(200);
  expect(await save('sidorov', 8)).toMatchObject({
    status: 409,
    body: {
      type: 'urn:itk:problem:version',
      detail: expect.stringContaining('petrov'),
      details: { version: 2, writtenBy: 'petrov', writtenAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    },
  });
  const { body } = await developer().get(`/api/desk/documents/${id}`);
  expect(body.lines.course).toEqual([6]);
});

test('what stands against posting is told by line; what has to be seen first, with its acceptance', async () => {
  const wrong = await create({ discipline: 'д1', course: 5 }, { discipline: 'нет', course: 5 });
  expect(await developer().send('POST', `/api/desk/documents/${wrong.id}/posting`, { version: 1 })).toMatchObject({
    status: 422,
    body: { type: 'urn:itk:problem:faults', issues: [{ path: 'lines.2', message: expect.stringContaining('нет') }] },
  });
  const mine = await create({ discipline: 'д1', course: 5 });
  const theirs = await create({ discipline: 'д1', course: 6 });
  await developer().send('POST', `/api/desk/documents/${theirs.id}/posting`, { version: 1 });
  registers.time.now += 1000;
  const asked = await developer().send('POST', `/api/desk/documents/${mine.id}/posting`, { version: 1 });
  expect(asked).toMatchObject({
    status: 409,
    body: { type: 'urn:itk:problem:ask', details: { moved: [{ line: 1, now: { course: 6 } }] } },
  });
  const { accept } = asked.body.details as { accept: string };
  expect(
    (await developer().send('POST', `/api/desk/documents/${mine.id}/posting`, { version: 1, accept })).status,
  ).toBe(200);
});

test('a developer cancels no posting, not even by a mark for deletion', async () => {
  const { id } = await create({ discipline: 'д1', course: 5 });
  await developer().send('POST', `/api/desk/documents/${id}/posting`, { version: 1 });
  const mark = { version: 2, marked: true };
  expect((await developer().send('POST', `/api/desk/documents/${id}/mark`, mark)).status).toBe(403);
  expect(await bound('д1')).toBe(5);
  expect(await administrator().send('POST', `/api/desk/documents/${id}/mark`, mark)).toMatchObject({
    body: { marked: true, posted: false },
  });
  expect(await bound('д1')).toBeUndefined();
  const unmark = { version: 3, marked: false };
  expect((await developer().send('POST', `/api/desk/documents/${id}/mark`, unmark)).status).toBe(200);
});

test('columns of different length, places outside their list, a sign that cannot be stored are not understood', async () => {
  const send = (change: (body: ReturnType<typeof content>) => void) => {
    const body = content([{ discipline: 'д1', course: 5 }]);
    change(body);
    return developer().send('POST', '/api/desk/documents', body);
  };
  const wrong = await Promise.all([
    send((body) => body.lines.course.push(1)),
    send((body) => (body.lines.curriculum = [1])),
    send((body) => (body.lines.discipline = [-1])),
    send((body) => (body.comment = 'а\0б')),
    send((body) => (body.lines.course = [1.5])),
  ]);
  expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  expect(await send((body) => (body.lines.course = [-1]))).toMatchObject({ status: 422 });
});

test('the list, by state, number and author, page by page', async () => {
  const [first, second, third] = [
    await create({ discipline: 'д1', course: 5 }),
    await create({ discipline: 'д2', course: 5 }, { discipline: 'д1', course: 0, change: false }),
    await create(),
  ];
  await developer().send('POST', `/api/desk/documents/${first.id}/posting`, { version: 1 });
  await developer().send('POST', `/api/desk/documents/${third.id}/mark`, { version: 1, marked: true });
  const list = async (query: string) => {
    const { body } = await desk.as('viewer').get(`/api/desk/documents?${query}`);
    return [(body.documents as { id: string }[]).map(({ id }) => id), body.total];
  };
  expect(await list('')).toEqual([[third.id, second.id, first.id], 3]);
  expect(await list('size=1&page=2')).toEqual([[second.id], 3]);
  expect(await list('state=posted')).toEqual([[first.id], 1]);
  expect(await list('state=written')).toEqual([[second.id], 1]);
  expect(await list('state=marked')).toEqual([[third.id], 1]);
  expect(await list(`text=${encodeURIComponent('IVANOVA а. б')}`)).toEqual([[third.id, second.id, first.id], 3]);
  expect(await list('text=0002')).toEqual([[second.id], 1]);
  expect(await list('text=%25')).toEqual([[], 0]);
  expect(await list('system=2')).toEqual([[], 0]);
  expect(await list(`curriculum=${encodeURIComponent('план')}`)).toEqual([[second.id, first.id], 2]);
  expect(await list('since=2025-10-16T00:00:00')).toEqual([[], 0]);
  const { body } = await desk.as('viewer').get('/api/desk/documents?state=written');
  expect(body.documents).toMatchObject([{ lines: 2, changed: 1 }]);
});

test('a document of 5,000 lines passes, and is read again', async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ discipline: `д${index}`, course: index % 300 }));
  const { id } = await create(...many);
  const { body } = await developer().get(`/api/desk/documents/${id}`);
  expect(body.lines.course).toEqual(many.map(({ course }) => course));
});
