import { CliSetup } from '../testing/cli-setup.js';
import { until } from '../testing/console-setup.js';
import { failure, sow } from '../testing/seeds.js';
import { MailServer } from '../notices/testing/servers.js';
import { exitCodes } from './exit-codes.js';

const setup = new CliSetup();
const mail = new MailServer();
beforeAll(async () => {
  await mail.open();
  await setup.open({
    notices: {
      mail: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'itk@example.edu', to: ['ops@example.edu'] },
    },
  });
}, 60_000);
afterEach(() => setup.clear());
afterAll(async () => {
  await setup.close();
  await mail.close();
});

test('of two consoles the one on duty tells, and the other one tells nothing again when it takes over', async () => {
  const { dataSource } = setup.console;
  await sow(dataSource, failure({ system: setup.system }));
  // As a console has seen it ten minutes ago, and was stopped.
  await dataSource.query(
    `insert into console.notice_troubles (key, trouble, seen_at)
     select 'failures ' || fingerprint, jsonb_build_object('key', 'failures ' || fingerprint), now() - interval '10 minutes'
     from console.failures`,
  );
  const consoles = [setup.startConsole(), setup.startConsole()];
  await until('somebody is told', () => Promise.resolve(mail.mails.length > 0));
  await until('it is noted', async () => (await setup.json<{ notices: object[] }>('notices')).notices.length === 1);
  const [onDuty] = consoles.filter(({ state }) => state === 'onDuty');
  const [other] = consoles.filter((one) => one !== onDuty);
  expect(other!.state).toBe('standby');
  await onDuty!.stop();
  await until('the other one is on duty', () => Promise.resolve(other!.state === 'onDuty'));
  // It has looked once it has begun: a failure more, of the same cause.
  const looked = async (): Promise<boolean> =>
    (await dataSource.query('select 1 from console.notice_troubles where (trouble->>$1)::int = 2', ['number'])).length >
    0;
  await sow(dataSource, failure({ system: setup.system, code: '000010204', subject: '000010204' }));
  await until('it has looked', looked, 40_000);
  expect(mail.mails).toHaveLength(1);
}, 90_000);

test('itk notices says what stands and what was told; test sends, and its exit code says whether it went', async () => {
  await sow(setup.console.dataSource, failure({ system: setup.system }));
  const read = await setup.itk('notices');
  expect([read.code, read.out]).toEqual([
    exitCodes.done,
    expect.stringMatching(/Failures, course 23: course-missing[^]*mail: ops@example\.edu/),
  ]);
  mail.mails.length = 0;
  expect(await setup.itk('notices', 'test')).toMatchObject({
    code: exitCodes.done,
    out: expect.stringMatching(/ops@example\.edu +sent/),
  });
  expect(mail.mails).toHaveLength(1);
  mail.refuses = 451;
  expect(await setup.itk('notices', 'test')).toMatchObject({
    code: exitCodes.notAll,
    out: expect.stringMatching(/refused the mail \(451\)/),
  });
  mail.refuses = undefined;
});
