import { both, eventTypes } from '#contracts';
import { event, failedEvent, studentChanged } from '../../testing/console-setup.js';
import { HttpSetup, type Browser } from '../../testing/http-setup.js';
import { failure, journal, sow } from '../../testing/seeds.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());

const evil = '<img src=x onerror="alert(1)"><script>alert(1)</script> \u202egnp.exe';
const megabyte = `${evil} ${'я'.repeat(1_000_000)}`;
const reason = both(megabyte, megabyte);
const code = '000010299';
let operator: Browser;
let id: string;

beforeAll(async () => {
  operator = await setup.as('operator');
  const attempt = { at: new Date().toISOString(), kind: evil, cause: megabyte, about: megabyte, ...reason };
  const rows = Array.from({ length: 3 }, (_, index) =>
    failure({
      ...{ code, subject: code, about: `${index}`, reason, cure: reason, fingerprint: `f${index}`, eventType: evil },
      attempts: [attempt, attempt],
      notes: [{ at: attempt.at, by: evil, text: megabyte }],
      body: Buffer.from(megabyte),
    }),
  );
  id = rows[0]!.id;
  await sow(setup.dataSource, ...rows);
  await journal(
    setup.dataSource,
    'lms',
    event(eventTypes.StudentChanged, studentChanged('lms', code, 1)),
    failedEvent('lms', code, 1, { reason }),
    { ...failedEvent('lms', code, 2), type: 'itk.never.heard.v9', data: { code, told: [megabyte] } } as never,
  );
  await operator.post('/api/replays', { selection: { ids: [id] } });
  await setup.dataSource.query(`update console.replay_items set said = $1`, [megabyte]);
}, 60_000);

test.each([
  ['/api/overview', 100_000],
  ['/api/failures/groups', 150_000],
  ['/api/failures', 150_000],
  ['/api/failures/csv', 150_000],
  [`/api/students/story?code=${code}`, 200_000],
  [`/api/journal?system=lms`, 50_000],
])('%s sends a megabyte cut, with a mark', async (path, bytes) => {
  const answer = await operator.get(path);
  expect(answer.status).toBe(200);
  expect(answer.text.length).toBeLessThan(bytes);
  expect(answer.text).toContain('яя…');
});

test('a replay is told as short', async () => {
  const { replays } = (await operator.get('/api/replays')).body;
  const answer = await operator.get(`/api/replays/${replays[0].id}/items`);
  expect(answer.text.length).toBeLessThan(20_000);
  expect(answer.body.items[0].remark).toMatch(/я…$/);
});

test("a failure's own page has more of it, and is bounded too", async () => {
  const answer = await operator.get(`/api/failures/one?id=${encodeURIComponent(id)}`);
  expect(answer.text.length).toBeLessThan(400_000);
  const { reason, attempts, notes, message } = answer.body;
  expect(reason.ru).toHaveLength(20_001);
  expect(reason.ru.startsWith(evil)).toBe(true);
  expect(attempts[0].reason.ru).toHaveLength(1_001);
  expect(notes[0].text).toHaveLength(20_001);
  expect(message).toMatchObject({ bytes: Buffer.byteLength(megabyte), hidden: [] });
  // Whatever it is shown in takes it for text.
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});
