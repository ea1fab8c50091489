import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveErrands } from '#persistence';
import { passwordFits } from '#platform';
import { CliSetup } from '../testing/cli-setup.js';
import { exitCodes } from './exit-codes.js';

const setup = new CliSetup();
const { itk, json } = setup;

beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

test('sync group asks for the students of the group; 1C that is away is said', async () => {
  await setup.console.dataSource.query(
    `insert into console.known (system, subject, evidence, study_group) values ($1, '007', '{}', 'М3О-101Б-24')`,
    [setup.system],
  );
  const answer = await itk('sync', 'group', 'М3О-101Б-24');
  expect(answer).toMatchObject({
    code: exitCodes.away,
    out: expect.stringMatching(/1C was not asked: 1C cannot be reached/) as string,
  });
  expect((await itk('sync', 'group', 'no such')).code).toBe(exitCodes.notFound);
});

test('what a service has to do is asked of it, and done by nobody else', async () => {
  const stop = new AbortController();
  const accounts: { passwordHash: string }[] = [];
  const decided: unknown[] = [];
  const held = { courseId: 7, codes: ['007'], since: 0, why: 'limit', released: false };
  const decides =
    (number: number) =>
    ({ by, payload }: { by: string; payload: unknown }) =>
      Promise.resolve((decided.push([by, payload]), { number, why: '' }));
  const serving = [
    serveErrands(
      setup.console.dataSource,
      'error-flagger',
      { 'release-flags': () => Promise.resolve({ flagged: 2, overtaken: 1, refused: [{ code: '7', reason: 'why' }] }) },
      stop.signal,
    ),
    serveErrands(
      setup.console.dataSource,
      'course-enroller',
      {
        'list-removals': () => Promise.resolve({ waiting: 3, held: [held] }),
        'release-removals': decides(2),
        'discard-removals': decides(1),
      },
      stop.signal,
    ),
    serveErrands(
      setup.console.dataSource,
      'onec-poller',
      { 'ask-now': () => Promise.resolve({ state: 'asking' }) },
      stop.signal,
    ),
    serveErrands(
      setup.console.dataSource,
      'onec-component',
      {
        'put-account': ({ payload }) => Promise.resolve(void accounts.push(payload as never)),
        'remove-account': ({ payload }) => Promise.resolve({ removed: (payload as { user: string }).user === 'dean' }),
      },
      stop.signal,
    ),
  ];
  expect(await itk('flags', 'release', setup.system)).toMatchObject({
    code: exitCodes.notAll,
    out: expect.stringMatching(/Flagged in 1C: 2; overtaken: 1; refused: 1/) as string,
  });
  expect(await itk('removals', 'list', setup.system)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Waiting for a decision: 3\n.*\n.*\n +7 +007 .* beyond the hourly limit/) as string,
  });
  expect((await itk('removals', 'release', setup.system, '--course', '7', '--why', 'checked')).out).toMatch(/: 2\n/);
  expect((await itk('removals', 'discard', setup.system, '--student', '007', '008')).out).toMatch(/Forgotten: 1/);
  expect(decided).toEqual([
    ['olga', { courses: [7], why: 'checked' }],
    ['olga', { codes: ['007', '008'] }],
  ]);
  expect(await itk('removals', 'list', setup.system, '--course', 'x')).toMatchObject({ code: exitCodes.usage });
  expect(await itk('sync', 'now')).toMatchObject({ code: 0, out: expect.stringMatching(/asking/) as string });
  const { password } = await json<{ password: string }>('account', 'add', 'dean', '--role', 'ELSCurriculumDeveloper');
  expect(await passwordFits(password, accounts[0]!.passwordHash)).toBe(true);
  const file = join(setup.folder, 'dean');
  writeFileSync(file, 'пароль\n');
  expect((await itk('account', 'add', 'dean', '--password-file', file)).out).not.toContain('пароль');
  expect(await passwordFits('пароль', accounts[1]!.passwordHash)).toBe(true);
  expect(await itk('account', 'add', 'a:b')).toMatchObject({ code: exitCodes.usage });
  expect(await itk('account', 'remove', 'dean')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/dean is revoked/) as string,
  });
  expect(await itk('account', 'remove', 'nobody')).toMatchObject({ code: exitCodes.notFound });
  stop.abort();
  await Promise.all(serving);
  const before = Date.now();
  expect((await itk('sync', 'now')).code).toBe(exitCodes.away);
  expect(Date.now() - before).toBeLessThan(15_000);
}, 60_000);
