import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Finding } from '#contracts';
import { defaultErrorCodePattern } from '#platform';
import { writeWsdl, type SynchronizerOptions } from '#synchronizer';
import {
  account,
  namespace,
  runComponent,
  type RunningComponent,
} from '../../apps/onec-component/testing/running-component.js';
import type { OnecCircumstances } from '../../libs/synchronizer/doctor/circumstances.js';
import { examineOneC } from '../../libs/synchronizer/doctor/examine.js';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';

/** The doctor before a component that works, each trouble switched on before it. */
let sandbox: SandboxOneC;
let component: RunningComponent;
beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 40, seed: 8, systems: ['LMS'], faulty: 0.2 });
  component = await runComponent(`${sandbox.url}/snapshot`);
  sandbox.component = component.url;
});
afterAll(async () => {
  await component?.close();
  await sandbox?.close();
});
beforeEach(async () => {
  sandbox.reset();
  await component.dataSource.query('truncate onec_component.synchronization');
});

const circumstances: OnecCircumstances = {
  els: 'LMS',
  zone: 'Europe/Moscow',
  namespace,
  setErrorCronflag: 'auto',
  window: 100,
  individualNeeded: true,
};
const examine = (
  about: Partial<OnecCircumstances> = {},
  options: Partial<SynchronizerOptions> = {},
  now?: () => number,
): Promise<Finding[]> =>
  examineOneC(
    {
      ...{ url: sandbox.webService, ...account, password: () => account.password, namespace, rename: {} },
      errorCodePattern: defaultErrorCodePattern,
      serialize: (work) => work(new AbortController().signal),
      busyPause: 5,
      // A busy machine must not look silent.
      timeouts: sandbox.switches.silent
        ? { connect: 500, call: 500, cold: 500 }
        : { connect: 20_000, call: 20_000, cold: 20_000 },
      ...options,
    },
    { ...circumstances, ...about },
    now,
  );
const bad = (findings: Finding[]): string[] =>
  findings.filter(({ severity }) => severity !== 'ok').map(({ check, severity }) => `${severity}: ${check}`);
const rows = () =>
  component.dataSource.query(
    `select student, error from onec_component.synchronization
      where period >= now() at time zone 'Europe/Moscow' order by student`,
  ) as Promise<{ student: string; error: boolean }[]>;
const notAsked = ['advice: page', 'advice: flag'];
const someone = () => [...sandbox.expected('LMS')].find(([, one]) => one.kind === 'student')![0];
const faulty = () => [...sandbox.expected('LMS')].flatMap(([code, one]) => (one.kind === 'fault' ? [code] : [])).sort();

test('a healthy publication: only what was not asked for, nothing is changed and no session stays', async () => {
  expect(bad(await examine())).toEqual(notAsked);
  expect(sandbox.openSessions()).toBe(0);
  expect(await rows()).toEqual([]);
});

test('page and flag test asked for: all is well, and everybody is offered as before', async () => {
  const findings = await examine({ page: true, student: someone() });
  expect(bad(findings)).toEqual(['advice: faulty students']);
  expect(faulty().length).toBeGreaterThan(2);
  const told = findings.find(({ check }) => check === 'faulty students')!;
  for (const code of faulty()) expect(told.what.en).toContain(code);
  expect(await rows()).toEqual([]);
  expect(sandbox.openSessions()).toBe(0);
});

test('a foreign publication: nothing can be taken back, and it says so', async () => {
  sandbox.switches.missingOperations = ['BindingsSince', 'ErrorsSince', 'Reoffer'];
  const findings = await examine({ page: true, student: someone() });
  expect(bad(findings)).toEqual([
    'advice: operation BindingsSince',
    'advice: operation ErrorsSince',
    'advice: operation Reoffer',
    'warning: faulty students',
  ]);
  expect(findings.find(({ check }) => check === 'flag')?.what.en).toContain('In an hour');
  expect((await rows()).map(({ student }) => student)).toEqual([...faulty(), someone()].sort());
});

test.each<[string, Partial<Switches>, string[]]>([
  ...(['json', 'xml', 'html'] as const).map((form): [string, Partial<Switches>, string[]] => [
    `locked, ${form}`,
    { locked: { form, bom: true, status: 403 } },
    ['error: lock'],
  ]),
  ['401', { status: 401 }, ['error: account']],
  ['403', { status: 403 }, ['error: account']],
  ['404', { status: 404 }, ['error: publication']],
  ['406', { status: 406 }, ['error: session']],
  ['406 at first', { status: 406, failingCalls: 1 }, ['warning: session', ...notAsked]],
  ['400 once', { status: 400, failingCalls: 1 }, ['warning: session', ...notAsked]],
  ['no licence', { licences: 0 }, ['error: licence']],
  [
    'no sessions',
    { sessions: { mode: 'dontuse', poolSize: 1, poolTimeout: 1, maxAge: 1 } },
    ['advice: session', ...notAsked],
  ],
  ['a full pool', { sessions: { mode: 'use', poolSize: 0, poolTimeout: 1, maxAge: 1 } }, ['error: session']],
  ['502', { status: 502 }, ['error: reachable']],
  ['a log-in page', { html: true }, ['error: reachable']],
  ['a body cut short', { cut: 'body' }, ['error: reachable']],
  ['a connection reset', { reset: true }, ['error: reachable']],
  ['no answer', { silent: true }, ['error: reachable']],
  ['an exception', { fault: 'Деление на 0' }, ['error: examination']],
  ['a mark of byte order', { bom: true }, ['advice: byte order mark', ...notAsked]],
  ['no GetStudents', { missingOperations: ['GetStudents'] }, ['error: operation GetStudents', ...notAsked]],
  ['no SetCronflag', { missingOperations: ['SetCronflag'] }, ['error: operation SetCronflag']],
  [
    'no SetErrorCronflag',
    { missingOperations: ['SetErrorCronflag'] },
    ['warning: operation SetErrorCronflag', ...notAsked],
  ],
])('%s', async (_, switches, expected) => {
  Object.assign(sandbox.switches, switches);
  const findings = await examine();
  expect(bad(findings)).toEqual(expected);
  for (const { severity, what, mend } of findings) {
    expect(what.ru && what.en).toBeTruthy();
    expect(severity === 'ok' || Boolean(mend?.ru && mend.en)).toBe(true);
  }
});

test('a page in place of the web service is told by its title', async () => {
  sandbox.switches.html = true;
  expect((await examine())[0]?.what.ru).toContain('Вход в систему');
});

test.each<[string, Partial<OnecCircumstances>, Partial<SynchronizerOptions>, string[]]>([
  ['a wrong password', {}, { password: () => 'wrong' }, ['error: account']],
  ['an account without the role', {}, { user: 'developer', password: () => 'developer' }, ['error: account']],
  ['nobody there', {}, { url: 'http://127.0.0.1:9/univer/ws/ITK_Synchronizer.1cws' }, ['error: reachable']],
  ['another name of the system', { els: 'lms' }, {}, ['error: els']],
  ['another namespace', { namespace: 'http://university.example' }, {}, ['error: namespace', ...notAsked]],
  ['flags of failures unused', { setErrorCronflag: 'no' }, {}, ['advice: operation SetErrorCronflag', ...notAsked]],
])('%s', async (_, about, options, expected) => {
  expect(bad(await examine(about, options))).toEqual(expected);
});

test('SetErrorCronflag missing although the settings promise it; a foreign 1C does not know the system', async () => {
  sandbox.switches.missingOperations = ['BindingsSince', 'ErrorsSince', 'Reoffer', 'SetErrorCronflag'];
  const findings = await examine({ setErrorCronflag: 'yes', els: 'lms' });
  expect(bad(findings).filter((finding) => finding.startsWith('error'))).toEqual([
    'error: operation SetErrorCronflag',
    'error: els',
  ]);
});

test.each([
  ['ahead', -90_000],
  ['behind', 90_000],
])('the clock of 1C’s web server is 90 s %s', async (word, shift) => {
  const findings = await examine({}, {}, () => Date.now() + shift);
  expect(bad(findings)).toEqual(['warning: clock', ...notAsked]);
  expect(findings.find(({ check }) => check === 'clock')?.what.en).toMatch(new RegExp(`(89|90|91) s ${word}`));
});

describe('the flag test', () => {
  const flag = async (about: Partial<OnecCircumstances> = {}) =>
    (await examine({ student: someone(), ...about })).find(({ check }) => check === 'flag')!;

  test('a 1C that takes unix time for its own clock', async () => {
    sandbox.switches.conversion = 'utcWall';
    const found = await flag();
    expect([found.severity, found.what.en]).toEqual([
      'error',
      expect.stringContaining('Unix time for its own wall clock'),
    ]);
    expect(await rows()).toEqual([]);
  });

  test('a 1C that keeps no flags at all', async () => {
    sandbox.switches.flagResult = 'true';
    sandbox.switches.unknownCodes = 'skip';
    sandbox.switches.conversion = 'utcWall';
    const found = await flag({ zone: 'UTC' });
    expect([found.severity, found.what.en]).toEqual(['error', expect.stringContaining('does not keep flags')]);
  });

  test('a student who is hidden already stays so', async () => {
    const student = someone();
    await component.client().setCronflag([{ code: student, period: Math.floor(Date.now() / 1000) + 86_400 }], 'LMS');
    expect((await flag({ student })).severity).toBe('advice');
    expect(await rows()).toContainEqual({ student, error: false });
  });

  test('an outage in the middle: the flag is taken back all the same', async () => {
    Object.assign(sandbox.switches, { failing: ['SetCronflag'], fault: 'Ошибка записи', failingCalls: 1 });
    expect(bad(await examine({ student: someone() }))).toContain('error: examination');
    expect(await rows()).toEqual([]);
  });
});

describe('what the page shows', () => {
  test.each<[string, Partial<Switches>, string[]]>([
    [
      'elements that keep no form',
      { brokenElement: true },
      ['error: elements', 'advice: faulty students', 'advice: flag'],
    ],
    [
      'other names of fields',
      { rename: { lastname: 'Фамилия', courses: 'Курсы' } },
      ['error: elements', 'advice: faulty students', 'advice: flag'],
    ],
    [
      'a student with two contents',
      { contradicting: true },
      ['error: elements twice', 'advice: faulty students', 'advice: flag'],
    ],
    [
      'no individual',
      { rename: { individual: 'ФизическоеЛицо' } },
      ['error: individual', 'advice: faulty students', 'advice: flag'],
    ],
    [
      'no JSON as a whole, its last record cut',
      { result: 'broken-json' },
      ['error: elements', 'advice: faulty students', 'advice: flag', 'error: page form'],
    ],
  ])('%s', async (_, switches, expected) => {
    Object.assign(sandbox.switches, switches);
    expect(bad(await examine({ page: true }))).toEqual(expected);
  });
});

describe('servers that are no 1C', () => {
  let server: Server;
  afterEach(() => void server.close());
  const serve = (answer: (url: string) => [number, string, Record<string, string>]): Promise<string> => {
    server = createServer((request, response) => {
      const [status, body, headers] = answer(`http://${request.headers.host}`);
      response.writeHead(status, headers);
      response.end(body);
    });
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ws/x`)),
    );
  };

  test('a redirect to a log-in', async () => {
    const url = await serve(() => [302, '', { location: 'https://sso.example.org' }]);
    expect(bad(await examine({}, { url }))).toEqual(['error: publication']);
  });

  test('a proxy that lets the WSDL through and answers calls with its own page', async () => {
    let calls = 0;
    const url = await serve((at) =>
      calls++ === 0 ? [200, writeWsdl(namespace, at), {}] : [200, '<html><title>Proxy</title>', {}],
    );
    const findings = await examine({}, { url });
    expect(bad(findings)).toEqual(['error: examination']);
    expect(findings.at(-2)?.what.en).toContain('(Proxy)');
  });
});
