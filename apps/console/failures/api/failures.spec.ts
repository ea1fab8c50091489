import { both } from '#contracts';
import { FailureRow } from '../../ledger/entities/failures.js';
import { HttpSetup, type Browser } from '../../testing/http-setup.js';
import { failure, sow } from '../../testing/seeds.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
let operator: Browser;
let viewer: Browser;
beforeAll(async () => {
  operator = await setup.as('operator');
  viewer = await setup.as('viewer');
}, 30_000);
beforeEach(() =>
  setup.dataSource.query('truncate console.failures, console.replays, console.replay_items, console.audit'),
);

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const rows = () => setup.dataSource.getRepository(FailureRow).find({ order: { id: 'asc' } });

test('groups by cause, with the last day by hour', async () => {
  const attempts = (...hours: number[]) =>
    hours.map((hour) => ({ at: ago(hour).toISOString(), kind: 'course', cause: 'c', about: '', ru: '', en: '' }));
  await sow(
    setup.dataSource,
    failure({ code: '1', attempts: attempts(30, 2, 0) }),
    failure({ code: '2', attempts: attempts(2) }),
    failure({ code: '3', attempts: [{ ...attempts(0)[0]!, at: 'last Tuesday' }] }),
    failure({ code: '4', about: '24' }),
    failure({ code: '5', state: 'closed' }),
  );
  const { body } = await operator.get('/api/failures/groups');
  expect(body.groups).toMatchObject([
    {
      failures: 3,
      students: 3,
      replaying: 0,
      kind: 'course',
      about: '23',
      reason: { en: 'There is no course 23 in Moodle' },
    },
    { failures: 1, about: '24', cure: { ru: 'Создайте курс и повторите' } },
  ]);
  const [{ trend }] = body.groups;
  expect(trend).toHaveLength(24);
  expect([trend.at(-1), trend.at(-3), trend.reduce((a: number, b: number) => a + b)]).toEqual([1, 2, 3]);
  expect(new Date(body.trendFrom).getTime() % 3_600_000).toBe(0);
  expect((await operator.get('/api/failures/groups?about=24')).body.groups).toHaveLength(1);
});

test('a list goes page by page, and what comes meanwhile moves nothing', async () => {
  const moment = ago(1);
  const all = await sow(
    setup.dataSource,
    ...Array.from({ length: 25 }, (_, n) => failure({ code: String(n), lastSeen: n < 10 ? moment : ago(2 + n) })),
  );
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const { body } = await operator.get(`/api/failures?limit=10${next ? `&after=${next}` : ''}`);
    seen.push(...body.failures.map(({ id }: { id: string }) => id));
    next = body.next;
    await sow(setup.dataSource, failure({ code: 'late' }));
  } while (next);
  expect(seen).toHaveLength(25);
  expect(new Set(seen)).toEqual(new Set(all.map(({ id }) => id)));
  expect((await operator.get('/api/failures?limit=1')).body.total).toBe(28);
});

test('filters are one condition on the server; what is no filter is told in both languages', async () => {
  await sow(
    setup.dataSource,
    failure({ code: '1', kind: 'student', cause: 'username-taken', about: '' }),
    failure({ code: '2', state: 'archived' }),
    failure({ code: '3', lastSeen: ago(50) }),
  );
  const codes = async (query: string): Promise<string[]> =>
    (await operator.get(`/api/failures?${query}`)).body.failures.map(({ code }: { code: string }) => code);
  expect(await codes('kind=student')).toEqual(['1']);
  expect(await codes('states=archived')).toEqual(['2']);
  expect((await codes('states=archived&states=open')).sort()).toEqual(['1', '2', '3']);
  expect(await codes(`before=${ago(24).toISOString()}`)).toEqual(['3']);
  expect(await codes('text=%D0%BA%D1%83%D1%80%D1%81%D0%B0&code=3')).toEqual(['3']);
  const ru = await operator.get('/api/failures?kind=strange&limit=0', { 'accept-language': 'ru' });
  expect(ru).toMatchObject({ status: 400, body: { title: 'Запрос не понят', status: 400 } });
  expect(ru.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(ru.body.issues.map(({ path }: { path: string }) => path)).toEqual(['kind', 'limit']);
  const en = await operator.get('/api/failures?limit=0', { 'accept-language': 'en-GB,ru;q=0.5' });
  expect(en.body).toMatchObject({
    title: 'The request is not understood',
    issues: [{ message: expect.stringMatching(/^Too small/) }],
  });
  expect((await operator.get('/api/failures?after=nonsense')).body.issues).toMatchObject([{ path: 'after' }]);
});

test('one failure: attempts and notes newest first; a viewer gets the message without its names', async () => {
  const [row] = await sow(
    setup.dataSource,
    failure({
      attempts: [
        { at: ago(2).toISOString(), kind: 'temporary', cause: 'busy', about: '', ru: 'занят', en: 'busy' },
        { at: ago(1).toISOString(), kind: 'course', cause: 'course-missing', about: '23', ru: 'нет', en: 'none' },
      ],
      notes: [
        { at: ago(1).toISOString(), by: 'a', text: 'раз' },
        { at: ago(0).toISOString(), by: 'b', text: 'два' },
      ],
    }),
  );
  const path = `/api/failures/one?id=${encodeURIComponent(row!.id)}`;
  const full = (await operator.get(path)).body;
  expect(full.attempts.map(({ cause }: { cause: string }) => cause)).toEqual(['course-missing', 'busy']);
  expect(full.notes.map(({ text }: { text: string }) => text)).toEqual(['два', 'раз']);
  expect(full.message.json.data.person.lastname).toBe('Ёлкина');
  const hidden = await viewer.get(path);
  expect(hidden.text).not.toMatch(/Ёлкина|Анна/);
  expect(hidden.body.message.json.data).toMatchObject({ person: { code: '000010203' }, study: { semester: 1 } });
  expect(hidden.body.message.hidden).toContain('data.person.lastname');
  // A note may hold names too: a viewer sees that there is one, by whom and when.
  expect(hidden.body.notes).toMatchObject([{ by: 'b', text: null }, { by: 'a' }]);
  expect((await operator.get('/api/failures/one?id=none')).status).toBe(404);
});

test('a message that is no event is shown as text, cut, and to a viewer not at all', async () => {
  const [row] = await sow(setup.dataSource, failure({ body: Buffer.from(`<script>\u0000${'я'.repeat(200_000)}`) }));
  const path = `/api/failures/one?id=${encodeURIComponent(row!.id)}`;
  const { message } = (await operator.get(path)).body;
  expect(message.text.startsWith('<script>\uFFFD')).toBe(true);
  expect(message.text.length).toBe(64_000);
  expect((await viewer.get(path)).body.message).toEqual({ bytes: row!.body!.length, hidden: ['(all)'] });
});

test('whoever is limited to systems sees and touches only those', async () => {
  const [mine, other] = await sow(setup.dataSource, failure({ system: 'lms' }), failure({ system: 'lms2' }));
  const limited = await setup.as('operator', ['lms']);
  const listed = (await limited.get('/api/failures')).body.failures.map(({ id }: { id: string }) => id);
  expect(listed).toEqual([mine!.id]);
  expect((await limited.get('/api/failures?system=lms2')).body.failures).toEqual([]);
  expect((await limited.get(`/api/failures/one?id=${encodeURIComponent(other!.id)}`)).status).toBe(404);
  expect((await limited.get('/api/failures/groups')).body.groups).toHaveLength(1);
  expect((await limited.get('/api/failures/csv')).text).not.toContain(other!.id);
  const archived = await limited.post('/api/failures/archive', { selection: { all: true }, reason: 'x' });
  expect(archived.body).toEqual({ number: 1 });
  expect((await rows()).find(({ id }) => id === other!.id)!.state).toBe('open');
});

test('counts what an action would touch', async () => {
  await sow(
    setup.dataSource,
    failure({ code: '1' }),
    failure({ code: '1', id: 'b' }),
    failure({ code: '2', body: null, queue: null }),
    failure({ code: '3', state: 'replaying' }),
    failure({ code: '4', state: 'archived' }),
  );
  expect((await operator.get('/api/failures/count')).body).toEqual({
    failures: 2,
    students: 2,
    withoutMessage: 1,
    replaying: 1,
    archived: 1,
    shared: 0,
  });
});

test('notes, archive and restore; the audit says it without what was written', async () => {
  const [one] = await sow(setup.dataSource, failure({ code: '1' }), failure({ code: '2', about: '24' }));
  const selection = { ids: [one!.id] };
  expect((await operator.post('/api/failures/notes', { selection, text: 'Иванов спросил' })).body).toEqual({
    number: 1,
  });
  const archived = await operator.post('/api/failures/archive', {
    selection: { group: one!.fingerprint },
    reason: 'летом',
  });
  expect(archived.body).toEqual({ number: 1 });
  expect((await rows()).filter(({ state }) => state === 'open')).toHaveLength(1);
  expect((await operator.post('/api/failures/restore', { selection })).body).toEqual({ number: 1 });
  const audit = await setup.dataSource.query('select * from console.audit order by id');
  expect(audit).toMatchObject([
    { action: 'failures.note', about: one!.id, fields: ['ids'], outcome: 'done', number: '1' },
    { action: 'failures.archive', about: one!.fingerprint, reason: 'летом', fields: ['group'] },
    { action: 'failures.restore' },
  ]);
  expect(JSON.stringify(audit)).not.toContain('Иванов');
});

test('nothing is done to everything by leaving something out', async () => {
  await sow(setup.dataSource, failure());
  for (const selection of [{}, { system: undefined }]) {
    const answer = await operator.post('/api/failures/archive', { selection, reason: 'x' });
    expect(answer).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'selection', message: expect.stringContaining('all') }] },
    });
  }
  expect((await operator.post('/api/failures/archive', { selection: { all: true } })).status).toBe(400); // no reason
});

test('a table for a spreadsheet, in which nothing is a formula', async () => {
  await sow(
    setup.dataSource,
    failure({ code: '000010203', reason: both('=cmd|1', '@sum') }),
    ...Array.from({ length: 1_100 }, (_, n) => failure({ code: `c${n}` })),
  );
  const answer = await operator.get('/api/failures/csv', { 'accept-language': 'ru' });
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(answer.headers.get('content-disposition')).toContain('failures.csv');
  const lines = answer.text.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines).toHaveLength(1_102);
  expect(lines[0]).toMatch(/^id,system,service/);
  expect(answer.text).toContain(",'=cmd|1");
});

test('1C cannot be asked: said, and the failures stay open', async () => {
  await sow(setup.dataSource, failure());
  const answer = await operator.post('/api/failures/ask', { selection: { all: true } });
  expect(answer.body.systems).toMatchObject([{ system: 'lms', asked: [], failure: { ru: expect.any(String) } }]);
  expect((await rows())[0]!.state).toBe('open');
});
