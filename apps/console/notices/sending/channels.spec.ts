import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notices } from '#platform';
import { certificateFor } from '#platform/testing';
import { headerOf, HookServer, MailServer } from '../testing/servers.js';
import type { StandingTrouble } from '../trouble.js';
import { SendError } from './channels.js';
import { letterOf } from './letter.js';
import { mailChannel } from './mail.js';
import type { Notice } from './notice.js';
import { nextTry } from './pace.js';
import { signatureOf, webhookChannel } from './webhook.js';

const manner = { language: 'ru' as const, pages: 'https://itk.example.edu', zone: 'Europe/Moscow' };
const trouble = (more: Partial<StandingTrouble> = {}): StandingTrouble => ({
  ...{ key: 'failures 0123456789', kind: 'failures', system: 'lms', number: 300, students: 280 },
  ...{ since: '2026-11-26T07:05:00.000Z', page: '/failures/group/0123456789' },
  ...{ failureKind: 'course', cause: 'course-missing', course: '23', services: ['course-enroller'] },
  ...more,
});
const notice = (more: Partial<Notice> = {}): Notice => ({
  id: '11111111-1111-4111-8111-111111111111',
  time: new Date('2026-11-26T07:10:00Z'),
  items: [
    { change: 'new', trouble: trouble() },
    { change: 'ended', trouble: trouble({ key: 'configuration lms', kind: 'configuration' }) },
  ],
  standing: 4,
  ...more,
});

const folder = mkdtempSync(join(tmpdir(), 'itk-notices-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const mailServer = async (...options: Parameters<MailServer['open']>): Promise<MailServer> => {
  const server = await new MailServer().open(...options);
  open.push(server);
  return server;
};
const mailTo = (port: number, more: Partial<NonNullable<Notices['mail']>> = {}) =>
  mailChannel(
    {
      ...{ host: '127.0.0.1', port, security: 'none', from: 'itk@example.edu' },
      ...{ to: ['ops@example.edu', 'night@example.edu'], ...more },
    },
    manner,
  );
const whyNot = async (sending: Promise<unknown>): Promise<SendError> => {
  const error = await sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(SendError);
  return error as SendError;
};

describe('mail', () => {
  test('arrives in words and as a page, in Russian, with an id that is the same each time', async () => {
    const server = await mailServer();
    for (let time = 0; time < 2; time++) await mailTo(server.port).send(notice());
    expect(server.mails.map(({ to }) => to)).toEqual(Array(2).fill(['ops@example.edu', 'night@example.edu']));
    expect(server.mails.map((mail) => headerOf(mail, 'Message-ID'))).toEqual(
      Array(2).fill('<11111111-1111-4111-8111-111111111111@example.edu>'),
    );
    expect(headerOf(server.mails[0]!, 'Auto-Submitted')).toBe('auto-generated');
    expect(server.mails[0]!.raw).toMatch(/multipart\/alternative/);
  });

  test('whom the server refuses is said, by number, and the others have it', async () => {
    const server = await mailServer();
    server.refusedRecipients.add('night@example.edu');
    expect((await mailTo(server.port).send(notice()))?.en).toBe('127.0.0.1 refused recipients: 1 of 2');
    expect(server.mails[0]!.to).toEqual(['ops@example.edu']);
  });

  test.each([
    [451, false],
    [554, true],
  ])('an answer of %i is told without what the server wrote; for ever: %s', async (code, ofThis) => {
    const server = await mailServer();
    server.refuses = code;
    const error = await whyNot(mailTo(server.port).send(notice()));
    expect([error.why.en, error.ofThis]).toEqual([`127.0.0.1 refused the mail (${code})`, ofThis]);
  });

  test('a server that is away', async () => {
    const server = await mailServer();
    await open.pop()!.close();
    const error = await whyNot(mailTo(server.port).send(notice()));
    expect([error.why.en, error.ofThis]).toEqual([
      expect.stringMatching(/^127\.0\.0\.1 does not answer .*: look at host and port$/),
      false,
    ]);
  });

  test('signs in where it is told to; a wrong password is a setting, and is not told', async () => {
    const server = await mailServer({
      ...{ authOptional: false, allowInsecureAuth: true },
      onAuth: ({ username, password }, _session, callback) =>
        password === 'right' ? callback(null, { user: username }) : callback(new Error('no')),
    });
    const as = (password: string) => mailTo(server.port, { user: 'itk', passwordFile: file('password', password) });
    await as('right').send(notice());
    const error = await whyNot(as('wrong-one').send(notice()));
    expect(error.why.en).toMatch(/refused user and password.*passwordFile/);
    expect(JSON.stringify(error.why)).not.toMatch(/wrong-one/);
    expect(server.mails).toHaveLength(1);
    const missing = await whyNot(mailTo(server.port, { user: 'itk', passwordFile: '/no/such' }).send(notice()));
    expect(missing.why.en).toMatch(/no such file/);
  });

  test('nothing goes in the clear where encryption is wanted, nor to a server that cannot show who it is', async () => {
    const plain = await mailServer();
    expect((await whyNot(mailTo(plain.port, { security: 'starttls' }).send(notice()))).why.en).toMatch(
      /does not encrypt the connection.*port and security/,
    );
    const certificate = await certificateFor('mail.example.edu');
    const tls = await mailServer({ secure: true, ...certificate });
    expect((await whyNot(mailTo(tls.port, { security: 'tls' }).send(notice()))).why.en).toMatch(/self-signed/);
    const starttls = await mailServer({ disabledCommands: [], ...certificate });
    expect((await whyNot(mailTo(starttls.port, { security: 'starttls' }).send(notice()))).why.en).toMatch(
      /self-signed/,
    );
    expect([...plain.mails, ...tls.mails, ...starttls.mails]).toEqual([]);
  });
});

describe('the text', () => {
  test('names counts, causes and links, in both languages', () => {
    expect(letterOf(notice(), manner)).toEqual({
      subject: '[ITK] lms: ждёт человека: 1; снова в порядке: 1',
      text: expect.stringContaining(
        'lms: Неудачи, курс 23: course-missing (course-enroller). Сообщений: 300, студентов: 280\n  с 26.11.2026 10:05  https://itk.example.edu/failures/group/0123456789',
      ),
      html: expect.stringContaining('<a href="https://itk.example.edu/failures/group/0123456789">'),
    });
    const english = letterOf(notice({ standing: 0 }), { ...manner, language: 'en' });
    expect(english.subject).toBe('[ITK] lms: waits for a person: 1; well again: 1');
    expect(english.text).toMatch(/Nothing else waits for a person\./);
  });

  test('of very many there are fifty lines and a number', () => {
    const items = Array.from({ length: 120 }, () => ({ change: 'new' as const, trouble: trouble() }));
    const { text, html } = letterOf(notice({ items }), manner);
    expect(text.match(/^- /gm)).toHaveLength(50);
    expect([text, html]).toEqual(Array(2).fill(expect.stringContaining('и ещё 70')));
  });

  test('what stands in a cause is neither markup nor a header', async () => {
    const cause = '<script>x</script>\r\nBcc: evil@example.org';
    const hostile = notice({ items: [{ change: 'new', trouble: trouble({ cause, system: `lms\r\nBcc: e@x.org` }) }] });
    expect(letterOf(hostile, manner).html).not.toMatch(/<script>/);
    const server = await mailServer();
    await mailTo(server.port).send(hostile);
    expect(server.mails[0]!.to).toEqual(['ops@example.edu', 'night@example.edu']);
    expect(headerOf(server.mails[0]!, 'Bcc')).toBeUndefined();
  });
});

describe('webhook', () => {
  test('a version, the troubles, a text; signed, so that who knows the secret can tell', async () => {
    const hook = await new HookServer().open();
    open.push(hook);
    const [tokenFile, secretFile] = [file('token', 'abc'), file('secret', 's3cret')];
    await webhookChannel({ url: `${hook.url}/hooks/key`, tokenFile, secretFile }, manner).send(notice());
    const { headers, body, method, path } = hook.calls[0]!;
    expect([method, path, headers.authorization, headers['x-itk-delivery']]).toEqual([
      'POST',
      '/hooks/key',
      'Bearer abc',
      '11111111-1111-4111-8111-111111111111',
    ]);
    expect(headers['x-itk-signature']).toBe(signatureOf('s3cret', String(headers['x-itk-timestamp']), body));
    expect(JSON.parse(body)).toMatchObject({
      ...{ version: 1, id: '11111111-1111-4111-8111-111111111111', test: false, standing: 4 },
      ...{ time: '2026-11-26T07:10:00.000Z', console: 'https://itk.example.edu' },
      text: expect.stringMatching(/^\[ITK\] lms/),
      troubles: [
        {
          ...{ change: 'new', key: 'failures 0123456789', kind: 'failures', system: 'lms', number: 300, students: 280 },
          ...{ failureKind: 'course', cause: 'course-missing', since: '2026-11-26T07:05:00.000Z' },
          link: 'https://itk.example.edu/failures/group/0123456789',
        },
        { change: 'ended', kind: 'configuration' },
      ],
    });
  });

  test('what is shown of it names no secret address; a refusal is told', async () => {
    const hook = await new HookServer().open();
    open.push(hook);
    hook.status = 500;
    const channel = webhookChannel({ url: `${hook.url}/hooks/key` }, manner);
    expect(channel.to).toEqual([new URL(hook.url).host]);
    const error = await whyNot(channel.send(notice()));
    expect(error.why.en).toBe(`${new URL(hook.url).host} answered HTTP 500`);
  });
});

test('what fails is tried again ever later, and after three days no more', () => {
  const time = new Date('2026-11-26T07:00:00Z');
  const minutes = [1, 2, 3, 4, 9].map(
    (failures) => (nextTry(time, failures, time)!.getTime() - time.getTime()) / 60_000,
  );
  expect(minutes).toEqual([1, 5, 15, 60, 60]);
  expect(nextTry(time, 80, new Date(time.getTime() + 3 * 86_400_000))).toBeNull();
});
