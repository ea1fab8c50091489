import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { register } from 'prom-client';
import { z } from 'zod';
import type { FaultKind } from '../../../sandbox/moodle/switches/faults.js';
import type { Switches } from '../../../sandbox/moodle/switches/switches.js';
import { MoodleClient } from '../client.js';
import type { MoodleOutage } from '../errors.js';
import { Caller } from './caller.js';
import { newAccount, newAccounts, openSetup, type Setup } from '../testing/setup.js';

let setup: Setup;
beforeAll(async () => {
  setup = await openSetup({ timeoutMs: 3_000 });
});
afterAll(() => setup.sandbox.close());
beforeEach(() => {
  setup.sandbox.reset();
  setup.sandbox.mend();
});

const create = 'core_user_create_users';
const options = () => ({
  ...{ system: 'lms', url: setup.sandbox.url, token: () => setup.sandbox.token, maxInputVars: 1000, concurrency: 2 },
});
const enrolment = { courseId: 2, roleId: 5, timestart: 0, timeend: 0, suspend: false };
const attempt = () => setup.client.createAccounts(newAccounts(3));
const failureOf = () =>
  attempt().then(
    () => undefined,
    (error: unknown) => (error as MoodleOutage).failure,
  );

test('counts what Moodle answers, neither the probe nor what goes wrong: by that a trial is known to have asked it', async () => {
  const before = setup.client.answered;
  await setup.client.siteInfo();
  setup.sandbox.switches.faults = [{ kind: 'http500', functions: [create] }];
  await failureOf();
  expect(setup.client.answered).toBe(before);
  setup.sandbox.mend();
  await attempt();
  expect(setup.client.answered).toBe(before + 1);
});

describe('faults of a call are thrown, and nobody is blamed', () => {
  test.each<[FaultKind, string, boolean]>([
    ['reset', 'outage moodle-unreachable', true],
    ['lostAnswer', 'outage moodle-unreachable', true],
    ['finishesLater', 'outage moodle-unreachable', true],
    ['silent', 'outage moodle-timeout', true],
    ['gatewayTimeout', 'outage moodle-server-fault', true],
    ['http500', 'outage moodle-server-fault', false],
    ['http502', 'outage moodle-server-fault', false],
    ['http403', 'configuration web-services-off', false],
    ['maintenance', 'outage moodle-maintenance', false],
    ['cliMaintenance', 'outage moodle-maintenance', false],
    ['http401', 'configuration proxy-refuses', false],
    ['http404', 'configuration wrong-path', false],
    ['redirectLoop', 'configuration redirect-loop', false],
    ['upgrade', 'outage moodle-upgrade', false],
    ['html', 'outage moodle-answer-html', false],
    ['empty', 'outage moodle-answer-empty', false],
    ['redirect', 'configuration wrong-address', false],
    ['accessException', 'configuration access-refused', false],
    ['deadlock', 'temporary database-conflict', false],
  ])('%s', async (kind, expected, timedOut) => {
    setup.sandbox.switches.faults = [{ kind, functions: [create] }];
    const error = await attempt().then(
      () => undefined,
      (thrown: unknown) => thrown as MoodleOutage,
    );
    expect(`${error?.failure.kind} ${error?.failure.cause}`).toBe(expected);
    expect(error?.timedOut ?? false).toBe(timedOut);
    expect(error?.failure.reason.ru).toMatch(/[а-я]/);
    expect(error?.failure.reason.en).toMatch(/^[^а-я]+$/i);
    // And it works again as soon as the fault is gone.
    setup.sandbox.mend();
    await expect(setup.client.siteInfo()).resolves.toMatchObject({ username: 'ws_sync' });
  });

  test.each<[string, () => Promise<unknown>, boolean]>([
    ['updating', () => setup.client.updateAccounts([{ id: 5, firstname: 'А' }]), true],
    ['enrolling', () => setup.client.enrol([{ userId: 5, enrolments: [enrolment] }]), true],
    ['taking roles away', () => setup.client.takeRolesAway([{ userId: 5, courseId: 2, roleId: 5 }]), true],
    ['making groups', () => setup.client.createGroups([{ courseId: 2, name: 'А', idnumber: '' }]), true],
    ['adding to groups', () => setup.client.addGroupMembers([{ groupId: 1, userId: 5 }]), true],
    ['making cohorts', () => setup.client.createCohorts([{ name: 'А', idnumber: 'А' }]), true],
    ['adding to cohorts', () => setup.client.addCohortMembers([{ cohortId: 1, userId: 5 }]), true],
    ['looking up', () => setup.client.usersByField('id', [5]), false],
    ['looking into a course', () => setup.client.enrolledIn(2), false],
    ['looking for cohorts', () => setup.client.cohortsByIdnumber(['А']), false],
  ])('a cut while %s: may PHP be at it still?', async (_, call, mayGoOn) => {
    setup.sandbox.switches.away = 'reset';
    await expect(call()).rejects.toMatchObject({ failure: { cause: 'moodle-unreachable' }, timedOut: mayGoOn });
    setup.sandbox.mend();
    await setup.sandbox.goAway();
    await expect(call()).rejects.toMatchObject({ failure: { cause: 'moodle-unreachable' }, timedOut: false });
    await setup.sandbox.comeBack();
  });

  test.each<[string, Partial<Switches>, string, string | null]>([
    ['unknown token', { tokens: [] }, 'token-invalid', null],
    ['expired token', { expiredTokens: ['sandbox'] }, 'token-invalid', null],
    ['service off', { serviceEnabled: false }, 'access-refused', null],
    ['other address', { tokenBoundElsewhere: true }, 'access-refused', null],
    ['rest:use', { capabilitiesMissing: ['webservice/rest:use'] }, 'access-refused', null],
    ['account suspended', { serviceAccountSuspended: true }, 'service-account', 'wsaccessusersuspended'],
    ['function missing', { functionsMissing: [create] }, 'function-missing', create],
    ['user:create', { capabilitiesMissing: ['moodle/user:create'] }, 'capability-missing', 'moodle/user:create'],
    ['wrong address', { wwwroot: 'http://moodle.example' }, 'wrong-address', null],
  ])('%s', async (_, switches, cause, about) => {
    Object.assign(setup.sandbox.switches, switches);
    await expect(attempt()).rejects.toMatchObject({
      name: 'MoodleMisconfigured',
      failure: { kind: 'configuration', cause, ...(about && { about }) },
    });
  });

  test('refused connections', async () => {
    await setup.sandbox.goAway();
    // The first meets the connection that was kept, the next finds nobody there.
    const failures = [await failureOf(), await failureOf()];
    await setup.sandbox.comeBack();
    expect(failures.map((failure) => failure?.cause)).toEqual(['moodle-unreachable', 'moodle-unreachable']);
    expect(failures[1]?.about).toBe('ECONNREFUSED');
  });
});

test('one deadlock passes unnoticed', async () => {
  setup.sandbox.switches.faults = [{ kind: 'deadlock', functions: [create], times: 1 }];
  expect((await attempt()).every((result) => 'ok' in result)).toBe(true);
});

test('text behind the JSON harms nothing, and is counted', async () => {
  setup.sandbox.switches.faults = [{ kind: 'junkAfter' }];
  const made = await setup.client.createAccounts(newAccounts(3));
  expect(made.every((one) => 'ok' in one)).toBe(true);
  expect((await setup.client.enrolledIn(2)).length).toBe(0);
  const counted = await register.getSingleMetricAsString('itk_moodle_foreign_text_total');
  expect(counted).toMatch(/place="after"} [1-9]/);
});

test('a notice before the JSON harms nothing', async () => {
  setup.sandbox.switches.faults = [{ kind: 'junk' }];
  expect((await attempt()).every((result) => 'ok' in result)).toBe(true);
});

test('the probe is heard while all slots hang', async () => {
  setup.sandbox.switches.faults = [{ kind: 'silent', functions: [create] }];
  const hanging = Promise.allSettled([attempt(), attempt(), attempt()]);
  await expect(setup.client.siteInfo()).resolves.toBeDefined();
  expect((await hanging).every(({ status }) => status === 'rejected')).toBe(true);
});

test('a proxy that takes no calls so large: batches are halved; one record too large is a setting', async () => {
  const warnings: string[] = [];
  const client = new MoodleClient({ ...options(), log: { warn: (text) => warnings.push(text) } });
  setup.sandbox.switches.proxyMaxBytes = 3_000;
  const made = await client.createAccounts(newAccounts(40));
  expect(made.every((one) => 'ok' in one)).toBe(true);
  expect(warnings.join()).toContain('HTTP 413');
  setup.sandbox.switches.proxyMaxBytes = 100;
  const failure = { kind: 'configuration', cause: 'call-too-large', about: '413' };
  await expect(client.createAccounts([newAccount(77)])).rejects.toMatchObject({ failure });
});

test('a function that 5.1 does not know at all is missing, not a record', async () => {
  setup.sandbox.switches.version = '5.1';
  const caller = new Caller(options());
  const failure = { kind: 'configuration', cause: 'function-missing', about: 'no_such_function' };
  await expect(caller.call('no_such_function', {}, z.unknown())).rejects.toMatchObject({ failure });
});

test('a site that bears fewer values than configured: batches are halved, nothing is lost, the token is not blamed', async () => {
  setup.sandbox.switches.maxInputVars = 300;
  const made = await setup.client.createAccounts(newAccounts(200));
  expect(made.every((result) => 'ok' in result)).toBe(true);
  expect(setup.sandbox.state.counters.usersCreated).toBe(200);
  const learnt = setup.sandbox.state.counters.truncatedCalls;
  expect(learnt).toBeGreaterThan(0);
  expect(setup.warnings.length).toBeGreaterThan(0);
  await setup.client.createAccounts(newAccounts(300).slice(200));
  expect(setup.sandbox.state.counters.truncatedCalls).toBe(learnt);
});

test('never more calls in flight than configured', async () => {
  setup.sandbox.switches.latencyMs = 3;
  await Promise.all(newAccounts(12).map((account) => setup.client.createAccounts([account])));
  expect(setup.sandbox.state.counters.mostInFlight).toBeLessThanOrEqual(2);
});

test('what goes over the wire: format in the URL, token and function last, connection kept', async () => {
  const seen: { url: string; body: string; port: number | undefined; language: string | undefined }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { url = '', headers, socket } = request;
      seen.push({ url, body, port: socket.remotePort, language: headers['accept-language'] });
      response.end('[]');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tokens = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
  const client = new MoodleClient({
    ...{ system: 'x', url: `http://127.0.0.1:${port}/moodle`, token: () => tokens.shift() ?? '' },
    ...{ maxInputVars: 1000, concurrency: 1 },
  });
  for (let call = 0; call < 6; call++) await client.usersByField('idnumber', ['Я 1']);
  expect(seen[0]?.url).toBe('/moodle/webservice/rest/server.php?moodlewsrestformat=json&moodlewssettingraw=1');
  expect(seen[0]?.body).toBe(
    'field=idnumber&values%5B0%5D=%D0%AF%201&wstoken=first&wsfunction=core_user_get_users_by_field',
  );
  expect(seen[1]?.body).toContain('wstoken=second');
  expect(seen[0]?.language).toBe('en');
  expect(new Set(seen.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('metrics by function and outcome; nothing personal in them', async () => {
  await setup.client.createAccounts([newAccount(1)]);
  await setup.client.createAccounts([newAccount(1)]);
  const text = await register.metrics();
  expect(text).toContain(`itk_moodle_calls_total{system="lms",function="${create}",outcome="ok"}`);
  expect(text).toContain(`itk_moodle_calls_total{system="lms",function="${create}",outcome="refused"}`);
  expect(text).toContain('itk_moodle_call_seconds_count{system="lms"');
  expect(text).not.toMatch(/s000001|Петров|sandbox/);
});
