import { jest } from '@jest/globals';
import { both, consumerNames } from '#contracts';
import { addressOf, createDataSource, PauseBook, TroubleBook } from '#persistence';
import { schema } from '../ledger/schema.js';
import { HttpSetup } from '../testing/http-setup.js';
import { failure, sow } from '../testing/seeds.js';
import { silentServices } from './heartbeat.js';
import { Notifier } from './notifier.js';
import { Outbox } from './sending/outbox.js';
import { headerOf, HookServer, MailServer } from './testing/servers.js';

const setup = new HttpSetup();
const mail = new MailServer();
const hook = new HookServer();
let notifier: Notifier;
let now: Date;

beforeAll(async () => {
  await mail.open();
  await hook.open();
  await setup.open({
    notices: {
      mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'itk@example.edu', to: ['ops@example.edu'] },
      webhook: { url: `${hook.url}/hook` },
      heartbeat: { url: `${hook.url}/beat`, every: 'PT1M' },
      quietHours: { from: '22:00', until: '07:00' },
    },
  });
}, 60_000);
afterAll(async () => {
  await setup.close();
  await mail.close();
  await hook.close();
});
beforeEach(async () => {
  now = new Date('2026-11-26T12:00:00+03:00');
  notifier = new Notifier(setup.dataSource, setup.configuration);
  await setup.dataSource.query(`truncate console.failures, console.notice_troubles, console.notices,
    console.notice_deliveries, console.heartbeat, operations.pause, operations.trouble, operations.consumer`);
  mail.mails.length = hook.calls.length = 0;
  mail.refuses = undefined;
  hook.status = 200;
});

const later = async (minutes: number, one = notifier): Promise<void> => {
  now = new Date(now.getTime() + minutes * 60_000);
  await one.look(new AbortController().signal, now);
};
const subjects = (): string[] =>
  mail.mails.map((one) => {
    const subject = headerOf(one, 'Subject')!.split('?= =?').join('?= =?');
    return subject
      .replace(/=\?UTF-8\?Q\?(.*?)\?= ?/gi, (_, text: string) =>
        decodeURIComponent(text.replace(/_/g, ' ').replace(/=/g, '%')),
      )
      .replace(/=\?UTF-8\?B\?(.*?)\?= ?/gi, (_, text: string) => Buffer.from(text, 'base64').toString());
  });
const troubles = (): Promise<{ check: string; what: { en: string } }[]> =>
  setup.dataSource.query(`select "check", what from operations.trouble where service = 'console' order by 1`);

test('a cause is told by mail and webhook once, and once when it is over', async () => {
  await sow(setup.dataSource, failure(), failure({ code: '000010204', subject: '000010204' }));
  await later(0);
  expect([mail.mails.length, hook.calls.length]).toEqual([0, 0]);
  await later(5);
  await later(600 - 60);
  expect(subjects()).toEqual(['[ITK] lms: ждёт человека: 1']);
  expect(hook.calls.map(({ body }) => (JSON.parse(body) as { troubles: unknown[] }).troubles)).toEqual([
    [expect.objectContaining({ change: 'new', number: 2, cause: 'course-missing' })],
  ]);
  expect(hook.calls[0]!.body + mail.mails[0]!.raw).not.toMatch(/00001020/);
  await setup.dataSource.query(`update console.failures set state = 'closed', closed_at = now()`);
  now = new Date('2026-11-27T12:00:00+03:00');
  await later(0);
  await later(5);
  await later(60);
  expect(subjects().slice(1)).toEqual(['[ITK] lms: снова в порядке: 1']);
});

test('pauses by configuration and what services have found come in one mail; pauses by people do not', async () => {
  const pauses = new PauseBook(setup.dataSource);
  const pause = { system: 'lms', reason: both('жетон', 'token'), by: 'x' };
  await pauses.put({ ...pause, service: 'user-provisioner', kind: 'configuration' });
  await pauses.put({ ...pause, service: 'course-enroller', kind: 'configuration' });
  await pauses.put({ ...pause, system: 'lms2', service: 'course-enroller', kind: 'person' });
  await new TroubleBook(setup.dataSource).found({ service: 'error-flagger', system: 'lms2', check: 'flags-held' }, [
    { about: '', what: both('3', '3'), mend: both('-', '-') },
  ]);
  await later(0);
  await later(5);
  expect(subjects()).toEqual(['[ITK] lms, lms2: ждёт человека: 2']);
});

test('in quiet hours nobody is told; at their end everybody is', async () => {
  now = new Date('2026-11-26T23:00:00+03:00');
  await sow(setup.dataSource, failure());
  await later(0);
  await later(5);
  await later(7 * 60);
  expect(mail.mails).toEqual([]);
  await later(60);
  expect(subjects()).toHaveLength(1);
});

test('a mail server that is away costs no notice and holds up no webhook; the trouble is seen, and gone after', async () => {
  await sow(setup.dataSource, failure());
  await later(0);
  mail.refuses = 451;
  await later(5);
  expect([mail.mails.length, hook.calls.length]).toEqual([0, 1]);
  expect(await troubles()).toEqual([
    { check: 'notices-mail', what: expect.objectContaining({ en: expect.stringMatching(/refused the mail \(451\)/) }) },
  ]);
  mail.refuses = undefined;
  await later(0);
  expect(mail.mails).toEqual([]);
  await later(1);
  await later(60);
  expect([mail.mails.length, hook.calls.length]).toEqual([1, 1]);
  expect(await troubles()).toEqual([]);
});

test('a console that dies between sending and noting sends it again under the same id, and nothing else', async () => {
  await sow(setup.dataSource, failure());
  await later(0);
  const dies = jest.spyOn(Outbox.prototype, 'sent').mockRejectedValue(new Error('killed'));
  await expect(later(5)).rejects.toThrow('killed');
  dies.mockRestore();
  const another = new Notifier(setup.dataSource, setup.configuration);
  await later(1, another);
  await later(1, another);
  await later(60, another);
  expect(new Set(mail.mails.map((one) => headerOf(one, 'Message-ID'))).size).toBe(1);
  expect(mail.mails).toHaveLength(2);
  expect(new Set(hook.calls.map(({ headers }) => headers['x-itk-delivery'])).size).toBe(1);
});

test('a console that dies before it has written down what is told has told nobody, and the next one does', async () => {
  await sow(setup.dataSource, failure());
  await later(0);
  const dies = jest
    .spyOn(Outbox.prototype as unknown as { put(): Promise<void> }, 'put')
    .mockRejectedValue(new Error('killed'));
  await expect(later(5)).rejects.toThrow('killed');
  dies.mockRestore();
  expect(mail.mails).toEqual([]);
  await later(1, new Notifier(setup.dataSource, setup.configuration));
  expect(subjects()).toHaveLength(1);
});

test('where nobody is to be told, nothing is written and what had failed is trouble no more', async () => {
  await new TroubleBook(setup.dataSource).found({ service: 'console', system: '', check: 'notices-mail' }, [
    { about: '', what: both('x', 'x'), mend: both('x', 'x') },
  ]);
  const { console, ...rest } = setup.configuration;
  const nobody = new Notifier(setup.dataSource, { ...rest, console: { ...console, notices: { language: 'en' } } });
  await sow(setup.dataSource, failure());
  await later(0, nobody);
  await later(5, nobody);
  expect(await troubles()).toEqual([]);
  expect(await setup.dataSource.query('select * from console.notice_troubles')).toEqual([]);
});

describe('the heartbeat', () => {
  const speak = (services: readonly string[], ago = 0): Promise<unknown> =>
    setup.dataSource.query(
      `insert into operations.consumer (system, service, process, state, in_hand, settled, seen)
       select system, service, 'p' || $3::int, 'paused', 0, '{}', now() - $3::int * interval '1 second'
       from unnest($1::text[]) as service, unnest($2::text[]) as system`,
      [[...services], ['lms', 'lms2'], ago],
    );

  test('is called while every service of every system says something, paused or not', async () => {
    await speak(consumerNames);
    await notifier.beat();
    expect(hook.calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/beat']]);
    expect(await troubles()).toEqual([]);
  });

  test('stays away when one is silent, and that is seen', async () => {
    await speak(consumerNames.slice(1));
    await speak(consumerNames.slice(0, 1), 600);
    await notifier.beat();
    expect(hook.calls).toEqual([]);
    expect(await troubles()).toEqual([
      {
        check: 'notices-heartbeat',
        what: expect.objectContaining({ en: expect.stringContaining(`lms ${consumerNames[0]}`) }),
      },
    ]);
  });

  test('stays away when the database does', async () => {
    const url = addressOf(setup.dataSource);
    const gone = await createDataSource({ url, ...schema }).initialize();
    const one = new Notifier(gone, setup.configuration);
    await gone.destroy();
    await expect(one.beat()).rejects.toThrow();
    expect(hook.calls).toEqual([]);
  });

  test('a watch that does not answer is trouble', async () => {
    await speak(consumerNames);
    hook.status = 503;
    await notifier.beat();
    expect(await troubles()).toMatchObject([
      { check: 'notices-heartbeat', what: { en: expect.stringMatching(/503/) } },
    ]);
  });

  test('of no service at all, each is silent', () => {
    expect(silentServices([], ['lms'], 0)).toHaveLength(consumerNames.length);
  });
});
