import { both } from '#contracts';
import { TroubleBook } from '#persistence';
import { HttpSetup } from '../testing/http-setup.js';
import { failure, sow } from '../testing/seeds.js';
import { Notifier } from './notifier.js';
import { headerOf, HookServer, MailServer } from './testing/servers.js';

const setup = new HttpSetup();
const mail = new MailServer();
const hook = new HookServer();
beforeAll(async () => {
  await mail.open();
  await hook.open();
  await setup.open({
    notices: {
      language: 'en',
      mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'itk@example.edu', to: ['ops@example.edu'] },
      webhook: { url: `${hook.url}/hooks/secret-part` },
      heartbeat: { url: `${hook.url}/ping/secret-part` },
      quietHours: { from: '01:00', until: '01:01' },
    },
  });
}, 60_000);
afterAll(async () => {
  await setup.close();
  await mail.close();
  await hook.close();
});

test('what stands, what was told and when, to whom without secrets; of the systems that one may see', async () => {
  await sow(setup.dataSource, failure(), failure({ system: 'lms2' }));
  const notifier = new Notifier(setup.dataSource, setup.configuration);
  const { signal } = new AbortController();
  const noon = new Date('2026-11-26T12:00:00Z').getTime();
  await notifier.look(signal, new Date(noon));
  const viewer = await setup.as('viewer');
  expect((await viewer.get('/api/notices')).body).toMatchObject({
    standing: [{ told: false }, { told: false }],
    notices: [],
    channels: [{ lastSent: null }, { lastSent: null }],
  });
  mail.refuses = 554;
  await notifier.look(signal, new Date(noon + 300_000));
  const { status, body, text } = await viewer.get('/api/notices');
  expect([status, text.includes('secret-part')]).toEqual([200, false]);
  expect(body).toMatchObject({
    ...{ zone: 'Europe/Moscow', quietHours: { from: '01:00', until: '01:01' } },
    channels: [
      { channel: 'mail', to: ['ops@example.edu'], lastSent: null, trouble: { what: { en: expect.any(String) } } },
      { channel: 'webhook', to: [new URL(hook.url).host], lastSent: '2026-11-26T12:05:00.000Z', trouble: null },
    ],
    heartbeat: { to: new URL(hook.url).host, every: 'PT5M', lastCalled: null, trouble: null },
    notices: [
      {
        time: '2026-11-26T12:05:00.000Z',
        items: [{ change: 'new' }, { change: 'new' }],
        deliveries: [
          { channel: 'mail', attempts: 1, sentAt: null, nextAt: '2026-11-26T12:06:00.000Z' },
          { channel: 'webhook', attempts: 1, sentAt: '2026-11-26T12:05:00.000Z', reason: null },
        ],
      },
    ],
  });
  expect(body.standing).toEqual([
    expect.objectContaining({ told: true, text: { ru: expect.any(String), en: expect.any(String) } }),
    expect.objectContaining({ told: true }),
  ]);
  const { body: own } = await (await setup.as('viewer', ['lms2'])).get('/api/notices');
  expect(
    [own.standing, own.notices[0].items].map((all: { system: string }[]) => all.map(({ system }) => system)),
  ).toEqual([['lms2'], ['lms2']]);
  mail.refuses = undefined;
});

test('hundreds of causes: a page at a time, and of one notice ten lines', async () => {
  await sow(setup.dataSource, ...Array.from({ length: 120 }, (_, index) => failure({ about: String(1_000 + index) })));
  const notifier = new Notifier(setup.dataSource, setup.configuration);
  const noon = Date.parse('2026-11-27T12:00:00Z');
  for (const time of [noon, noon + 300_000]) await notifier.look(new AbortController().signal, new Date(time));
  const viewer = await setup.as('viewer');
  const page = async (from: number) => (await viewer.get(`/api/notices?from=${from}&limit=50`)).body;
  const pages = await Promise.all([0, 50, 100, 150].map(page));
  expect(pages.map(({ standing }) => standing.length)).toEqual([50, 50, 22, 0]);
  expect(pages.map(({ standingTotal }) => standingTotal)).toEqual([122, 122, 122, 122]);
  expect(new Set(pages.flatMap(({ standing }) => standing.map(({ key }: { key: string }) => key))).size).toBe(122);
  const [{ items, more }] = pages[0].notices;
  expect([items.length, more]).toEqual([10, 110]);
  expect((await viewer.get('/api/notices?limit=501')).status).toBe(400);
});

test('an administrator sends a test, which stands in the audit; what does not go says why', async () => {
  hook.status = 404;
  const boss = await setup.as('administrator');
  const { status, body } = await boss.post('/api/notices/test');
  expect([status, body.tried]).toEqual([
    200,
    [
      { channel: 'mail', to: ['ops@example.edu'], failure: null },
      {
        ...{ channel: 'webhook', to: [new URL(hook.url).host] },
        failure: expect.objectContaining({ en: `${new URL(hook.url).host} answered HTTP 404` }),
      },
    ],
  ]);
  expect(headerOf(mail.mails.at(-1)!, 'Subject')).toBe('[ITK] A test: notices arrive');
  expect(JSON.parse(hook.calls.at(-1)!.body)).toMatchObject({ version: 1, test: true, troubles: [] });
  expect((await boss.get('/api/audit?action=notices')).body.entries).toMatchObject([{ action: 'notices.test' }]);
  expect((await (await setup.as('operator')).post('/api/notices/test')).status).toBe(403);
});

test('nobody is to be told: the page says so, and a test is refused', async () => {
  await new TroubleBook(setup.dataSource).found({ service: 'console', system: '', check: 'notices-mail' }, [
    { about: '', what: both('x', 'x'), mend: both('x', 'x') },
  ]);
  const { notices } = setup.configuration.console;
  setup.configuration.console.notices = { language: 'ru' };
  const boss = await setup.as('administrator');
  expect((await boss.get('/api/notices')).body).toMatchObject({ channels: [], heartbeat: null, quietHours: null });
  expect((await boss.post('/api/notices/test')).status).toBe(409);
  setup.configuration.console.notices = notices;
});
