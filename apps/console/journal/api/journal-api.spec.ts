import { eventTypes } from '#contracts';
import { event, failedEvent, studentChanged, synchronized } from '../../testing/console-setup.js';
import { HttpSetup, type Browser } from '../../testing/http-setup.js';
import { journal } from '../../testing/seeds.js';

const setup = new HttpSetup();
let viewer: Browser;
beforeAll(async () => {
  await setup.open();
  viewer = await setup.as('viewer');
}, 60_000);
afterAll(() => setup.close());
beforeEach(() => setup.dataSource.query('truncate console.failures, console.journal, console.known'));

const code = '000010203';
const changed = (revision: number) => event(eventTypes.StudentChanged, studentChanged('lms', code, revision));
const ask = (browser: Browser, query: Record<string, string>) =>
  browser.get(`/api/journal?${new URLSearchParams(query).toString()}`);

test('page by page, of a system, of all or of one subject', async () => {
  await journal(setup.dataSource, 'lms', ...Array.from({ length: 5 }, (_, n) => changed(n)));
  await journal(setup.dataSource, 'lms', synchronized('lms', 'other', 1));
  await journal(setup.dataSource, 'lms2', synchronized('lms2', 'third', 1));
  for (const [query, number] of [
    [{}, 7],
    [{ system: 'lms' }, 6],
    [{ system: 'lms', subject: code }, 5],
    [{ system: 'lms', type: eventTypes.StudentSynchronized }, 1],
    [{ type: eventTypes.StudentSynchronized }, 2],
  ] as const) {
    const seen: string[] = [];
    let next = '';
    do {
      const { body } = await ask(viewer, { ...query, limit: '2', ...(next && { after: next }) });
      seen.push(...body.entries.map(({ eventId }: { eventId: string }) => eventId));
      next = body.next ?? '';
    } while (next);
    expect([query, new Set(seen).size, seen.length]).toEqual([query, number, number]);
  }
});

test('between two moments', async () => {
  await journal(setup.dataSource, 'lms', changed(1), synchronized('lms', code, 1));
  await setup.dataSource.query(
    `update console.journal set received = '2026-11-20T10:00:00Z', at = '2026-11-20T09:59:59Z' where type = $1`,
    [eventTypes.StudentChanged],
  );
  const number = async (query: Record<string, string>) => (await ask(viewer, query)).body.entries.length;
  const [hour, later] = ['2026-11-20T13:00:00+03:00', '2026-11-20T13:00:01+03:00'];
  expect(await number({ since: hour })).toBe(2);
  expect(await number({ since: later })).toBe(1);
  expect(await number({ since: hour, before: later })).toBe(1);
  expect(await number({ before: hour })).toBe(0);
  expect(await number({ subject: code, before: hour })).toBe(1);
  expect((await ask(viewer, { since: 'yesterday' })).status).toBe(400);
});

test('of the systems that one may see, and without names', async () => {
  await journal(setup.dataSource, 'lms', changed(1), failedEvent('lms', code, 1));
  await journal(setup.dataSource, 'lms2', synchronized('lms2', 'third', 1));
  const limited = await setup.as('viewer', ['lms2']);
  expect((await ask(limited, {})).body.entries).toMatchObject([{ system: 'lms2' }]);
  expect((await ask(limited, { system: 'lms' })).status).toBe(403);
  expect((await ask(viewer, {})).text).not.toMatch(/Ёлкина|Анна/);
  expect((await ask(await setup.as('ELSCurriculumDeveloper'), {})).status).toBe(403);
});
