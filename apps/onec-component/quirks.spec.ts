import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mayBeDone, type StudentElement } from '#synchronizer';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';
import { clientOf, runComponent, type RunningComponent } from './testing/running-component.js';

/** After the others the page may have been listed, and its faulty students flagged. */
const surelyNotDone = ['Locked', 'Licence', 'Authentication', 'Access', 'Publication', 'Busy', 'MissingOperation'].map(
  (name) => `${name}Error`,
);

/** Every habit and fault of a real publication, through our client, before our own component. */
let sandbox: SandboxOneC;
let component: RunningComponent;
beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 60, seed: 21, systems: ['LMS'], courses: 2000, faulty: 0 });
  component = await runComponent(`${sandbox.url}/snapshot`);
  sandbox.component = component.url;
});
afterAll(async () => {
  await component.close();
  await sandbox.close();
});
afterEach(() => {
  sandbox.reset();
  sandbox.traffic.calls.length = 0;
});

const client = (more = {}) =>
  clientOf(sandbox.webService, { timeouts: { connect: 20_000, call: 20_000, cold: 20_000 }, ...more });
const set = (switches: Partial<Switches>) => Object.assign(sandbox.switches, switches);
const page = (limit = 10) => client().getStudents('LMS', limit);
const students = (elements: StudentElement[]) =>
  elements.flatMap((one) => (one.kind === 'student' ? [one.student] : []));
const soon = () => Math.floor(Date.now() / 1000) + 3600;

describe('what the client must not notice', () => {
  let plain: StudentElement[];
  beforeAll(async () => {
    plain = await page();
    expect(students(plain)).toHaveLength(10);
  });

  test.each<[string, Partial<Switches>]>([
    ['a mark of byte order', { bom: true }],
    ['a mark of byte order in the result', { bomInResult: true }],
    ['line feeds alone', { crlf: false }],
    ['a declaration', { declaration: true }],
    ['a declaration after a mark', { declaration: true, bom: true }],
    ['another prefix', { prefix: 'ns1' }],
    ['numbers with no-break spaces', { nbsp: true }],
    ['sessions that are not granted', { sessions: { mode: 'dontuse', poolSize: 1, poolTimeout: 10, maxAge: 20_000 } }],
    ['a pool of one session', { sessions: { mode: 'autouse', poolSize: 1, poolTimeout: 10, maxAge: 20_000 } }],
    ['a cold first call', { latency: { warm: 0, cold: 400, coldAfter: 0 } }],
  ])('%s', async (_, switches) => {
    set(switches);
    expect(await page()).toEqual(plain);
    expect(await client().run((calls) => calls.getStudents('LMS', 10))).toEqual(plain);
    expect(await client().operations()).toContain('GetStudents');
  });

  test('any of them together', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          ...{
            bom: fc.boolean(),
            bomInResult: fc.boolean(),
            crlf: fc.boolean(),
            declaration: fc.boolean(),
            nbsp: fc.boolean(),
          },
          prefix: fc.constantFrom('m', 'ns1', 'q'),
          repeated: fc.boolean(),
          shuffled: fc.boolean(),
          brokenElement: fc.boolean(),
        }),
        async (switches) => {
          set(switches);
          const read = await page();
          const codes = new Map(students(read).map((one) => [one.code, one]));
          expect([...codes.keys()].sort()).toEqual(
            students(plain)
              .map((one) => one.code)
              .sort(),
          );
          for (const one of students(plain)) expect(codes.get(one.code)).toEqual(one);
          expect(read.filter((one) => one.kind === 'broken')).toHaveLength(switches.brokenElement ? 1 : 0);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('what goes wrong, and what it is called', () => {
  const outage = 'outage';
  test.each<[string, Partial<Switches>, string, string]>([
    ...(['json', 'xml', 'html'] as const).flatMap((form) =>
      [true, false].map((bom): [string, Partial<Switches>, string, string] => [
        `locked, ${form}${bom ? ' with a mark' : ''}`,
        { locked: { form, bom, status: 403 } },
        'LockedError',
        outage,
      ]),
    ),
    ['locked with 503', { locked: { form: 'html', bom: false, status: 503 } }, 'LockedError', outage],
    ['no licence', { licences: 0 }, 'LicenceError', outage],
    ['401', { status: 401 }, 'AuthenticationError', 'configuration'],
    ['402', { status: 402 }, 'LicenceError', outage],
    ['403 without a lock', { status: 403 }, 'AccessError', 'configuration'],
    ['404', { status: 404 }, 'PublicationError', 'configuration'],
    ['406', { status: 406 }, 'BusyError', outage],
    ['500 with a page', { status: 500 }, 'ServerError', outage],
    ['502', { status: 502 }, 'ServerError', outage],
    ['503', { status: 503 }, 'ServerError', outage],
    ['504', { status: 504 }, 'ServerError', outage],
    ['a log-in page with 200', { html: true }, 'ProtocolError', outage],
    ['a body cut short', { cut: 'body' }, 'ProtocolError', outage],
    ['a connection lost in the middle', { cut: 'connection' }, 'ProtocolError', outage],
    ['a connection lost at once', { reset: true }, 'UnreachableError', outage],
    ['no answer', { silent: true }, 'OnecTimeoutError', outage],
    ['an exception of the module', { fault: 'Деление на 0' }, 'FaultError', 'temporary'],
    ['an exception that means a licence', { fault: 'Не обнаружено свободной лицензии!' }, 'LicenceError', outage],
    [
      'an exception that means a lock',
      { fault: 'Начало сеанса с информационной базой запрещено.' },
      'LockedError',
      outage,
    ],
    ['a missing operation', { missingOperations: ['GetStudents'] }, 'MissingOperationError', 'configuration'],
    ['null', { result: 'null' }, 'ProtocolError', outage],
    ['an empty string', { result: '' }, 'ProtocolError', outage],
    ['nil', { result: 'nil' }, 'ProtocolError', outage],
    ['no return at all', { result: 'absent' }, 'ProtocolError', outage],
  ])('%s', async (_, switches, name, kind) => {
    set(switches);
    const patience = name === 'OnecTimeoutError' ? 500 : 20_000; // milliseconds; a busy machine must not look silent
    const timeouts = { connect: patience, call: patience, cold: patience };
    const call = client({ timeouts }).getStudents('LMS', 5);
    const error = (await call.catch((thrown: unknown) => thrown)) as {
      name: string;
      failure: { kind: string; reason: object };
    };
    expect([error.name, error.failure?.kind]).toEqual([name, kind]);
    expect([name, mayBeDone(error)]).toEqual([name, !surelyNotDone.includes(name)]);
    expect(error.failure.reason).toEqual({ ru: expect.any(String), en: expect.any(String) });
    for (const { lastname } of students(plainNames)) expect(JSON.stringify(error.failure)).not.toContain(lastname);
    sandbox.reset();
    expect(students(await page(5))).toHaveLength(5);
  });
  let plainNames: StudentElement[];
  beforeAll(async () => {
    plainNames = await page();
  });

  test('JSON cut short in a whole envelope: the last record fails by name, the others are read', async () => {
    const whole = await page(5);
    set({ result: 'broken-json' });
    const read = await page(5);
    expect(read.slice(0, 4)).toEqual(whole.slice(0, 4));
    expect(read[4]).toMatchObject({ kind: 'broken', code: students(whole)[4]!.code });
  });

  test('a fault for a while: then all is well', async () => {
    set({ status: 502, failingCalls: 2, failing: ['GetStudents'] });
    await client().probe();
    for (let time = 0; time < 2; time++) await expect(page()).rejects.toMatchObject({ name: 'ServerError' });
    expect(await page()).toHaveLength(10);
  });

  test('an unknown system', async () => {
    await expect(client().getStudents('lms', 1)).rejects.toMatchObject({
      name: 'UnknownElsError',
      failure: { kind: 'configuration', cause: 'onec-unknown-els' },
    });
  });

  test('an empty array is nobody, and no error', async () => {
    set({ result: '[]' });
    expect(await page()).toEqual([]);
  });

  test('an optional operation that a foreign 1C lacks', async () => {
    set({ missingOperations: ['BindingsSince', 'ErrorsSince', 'Reoffer', 'SetErrorCronflag'] });
    expect(await client().operations()).toEqual(['GetStudents', 'SetCronflag']);
    for (const call of [
      client().bindingsSince('LMS', 0, 1),
      client().reoffer(['1'], 'LMS'),
      client().setErrorCronflag('1', 'LMS'),
    ])
      await expect(call).rejects.toMatchObject({ name: 'MissingOperationError' });
  });
});

describe('the page', () => {
  test('a student with two contents comes twice: the caller sees both', async () => {
    set({ contradicting: true });
    const codes = students(await page(3)).map((one) => one.code);
    expect(codes).toHaveLength(4);
    expect(new Set(codes).size).toBe(3);
  });

  test('other names of fields', async () => {
    set({ rename: { lastname: 'Фамилия', courses: 'Курсы' } });
    expect((await page(3)).every((one) => one.kind === 'broken')).toBe(true);
    const renamed = await client({ rename: { lastname: 'Фамилия', courses: 'Курсы' } }).getStudents('LMS', 3);
    expect(students(renamed)).toHaveLength(3);
  });
});

describe('sessions', () => {
  test('a run leaves no session behind; one licence is enough for it', async () => {
    set({ licences: 1 });
    await client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      expect(sandbox.openSessions()).toBe(1);
      await calls.getStudents('LMS', 1);
    });
    expect(sandbox.openSessions()).toBe(0);
  });

  test('1C’s cluster restarts in the middle of a run', async () => {
    await client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      sandbox.forgetSessions();
      expect(await calls.getStudents('LMS', 1)).toHaveLength(1);
    });
    expect(sandbox.traffic.calls.map((call) => call.status)).toEqual([200, 400, 200, 200]);
    expect(sandbox.openSessions()).toBe(0);
  });

  test('a full pool is busy, and free again later', async () => {
    set({ sessions: { mode: 'use', poolSize: 0, poolTimeout: 10, maxAge: 20_000 } });
    await expect(client().run((calls) => calls.getStudents('LMS', 1))).rejects.toMatchObject({ name: 'BusyError' });
    expect(await client().getStudents('LMS', 1)).toHaveLength(1);
  });
});

describe('flags', () => {
  const first = async () => students(await page(1))[0]?.code as string;

  test.each<[string, Partial<Switches>]>([
    ['true', { flagResult: 'true' }],
    ['an empty string', { flagResult: '' }],
    ['no return', { flagResult: 'absent' }],
  ])('%s is a success', async (_, switches) => {
    const code = await first();
    set(switches);
    expect(await client().setCronflag([{ code, period: soon() }], 'LMS')).toEqual([]);
    expect(await first()).not.toBe(code);
    await client().setErrorCronflag(code, 'LMS');
    sandbox.reset();
    await client().reoffer([code], 'LMS');
    expect(await first()).toBe(code);
  });

  test('false is none', async () => {
    set({ flagResult: 'false' });
    await expect(client().setCronflag([{ code: await first(), period: soon() }], 'LMS')).rejects.toMatchObject({
      name: 'RefusedError',
    });
  });

  test('unknown codes: named, passed over, or an exception of the whole call', async () => {
    const flags = [{ code: 'нет', period: soon() }];
    expect(await client().setCronflag(flags, 'LMS')).toEqual([
      { pair: expect.stringContaining('нет#'), reason: 'no such student' },
    ]);
    set({ unknownCodes: 'skip' });
    expect(await client().setCronflag(flags, 'LMS')).toEqual([]);
    set({ unknownCodes: 'fault' });
    await expect(client().setCronflag(flags, 'LMS')).rejects.toMatchObject({ name: 'FaultError' });
  });

  test('a 1C that takes unix time for its own clock forgets a flag of an hour at once', async () => {
    const code = await first();
    set({ conversion: 'utcWall' });
    await client().setCronflag([{ code, period: soon() }], 'LMS');
    expect(await first()).toBe(code);
    sandbox.reset();
    await client().setCronflag([{ code, period: soon() }], 'LMS');
    expect(await first()).not.toBe(code);
    await client().reoffer([code], 'LMS');
  });

  test('one code makes the whole call fail', async () => {
    const codes = students(await page(3)).map((one) => one.code);
    set({ faultAtCode: codes[1] as string });
    const flags = codes.map((code) => ({ code, period: soon() }));
    await expect(client().setCronflag(flags, 'LMS')).rejects.toMatchObject({ name: 'FaultError' });
    expect(await client().setCronflag(flags.slice(2), 'LMS')).toEqual([]);
    sandbox.reset();
    await client().reoffer(codes, 'LMS');
  });
});

test('Limit without the errors: a page full of faulty students still brings others', async () => {
  const [one, two] = students(await page(2)).map((student) => student.code) as [string, string];
  const group = sandbox.university.statuses.filter((status) => status.student === one).at(-1)?.group as string;
  for (const code of [one, two]) sandbox.changes.moveToGroup(code, '');
  await component.mirror.refresh();
  set({ limitCountsErrors: false });
  const read = await page(2);
  expect(read.map((element) => element.kind)).toEqual(['error', 'error', 'student', 'student']);
  expect(read.slice(0, 2).map((element) => (element as { code?: string }).code)).toEqual([one, two]);
  for (const code of [one, two]) sandbox.changes.moveToGroup(code, group);
  await component.mirror.refresh();
  expect(students(await page(2)).map((student) => student.code)).toEqual([one, two]);
});

test('switches, changes and expectations are at hand over http', async () => {
  const at = (path: string, method = 'GET', body?: object) =>
    fetch(`${sandbox.url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) }).then(
      (answer) => answer.json() as Promise<Record<string, unknown>>,
    );
  expect(await at('/sandbox/switches', 'PATCH', { bom: true })).toMatchObject({ bom: true });
  expect(sandbox.switches.bom).toBe(true);
  expect(await at('/sandbox/switches', 'DELETE')).toMatchObject({ bom: false });
  const group = sandbox.university.groups[0]?.code;
  const { did } = (await at('/sandbox/changes', 'POST', { change: 'admit', count: 2, group })) as { did: string[] };
  const expected = await at('/sandbox/expected?els=LMS');
  expect(Object.keys(expected)).toEqual(expect.arrayContaining(did));
  await at('/sandbox/changes', 'POST', { change: 'expel', student: did[0] });
  expect(Object.keys(await at('/sandbox/expected?els=LMS'))).not.toContain(did[0]);
});
