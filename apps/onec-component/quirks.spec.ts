import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StudentElement } from '#synchronizer';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { openPublication, studentsOf, type Publication } from './testing/publication.js';

/** Every habit of a real publication, through our client, before our own component. */
let publication: Publication;
beforeAll(async () => void (publication = await openPublication()));
afterAll(() => publication.close());
afterEach(() => publication.mend());

const soon = () => Math.floor(Date.now() / 1000) + 3600;

describe('what the client must not notice', () => {
  let plain: StudentElement[];
  beforeAll(async () => {
    plain = await publication.page();
    expect(studentsOf(plain)).toHaveLength(10);
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
    publication.set(switches);
    expect(await publication.page()).toEqual(plain);
    expect(await publication.client().run((calls) => calls.getStudents('LMS', 10))).toEqual(plain);
    expect(await publication.client().operations()).toContain('GetStudents');
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
          publication.set(switches);
          const read = await publication.page();
          const codes = new Map(studentsOf(read).map((one) => [one.code, one]));
          expect([...codes.keys()].sort()).toEqual(
            studentsOf(plain)
              .map((one) => one.code)
              .sort(),
          );
          for (const one of studentsOf(plain)) expect(codes.get(one.code)).toEqual(one);
          expect(read.filter((one) => one.kind === 'broken')).toHaveLength(switches.brokenElement ? 1 : 0);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the page', () => {
  test('a student with two contents comes twice: the caller sees both', async () => {
    publication.set({ contradicting: true });
    const codes = studentsOf(await publication.page(3)).map((one) => one.code);
    expect(codes).toHaveLength(4);
    expect(new Set(codes).size).toBe(3);
  });

  test('other names of fields', async () => {
    publication.set({ rename: { lastname: 'Фамилия', courses: 'Курсы' } });
    expect((await publication.page(3)).every((one) => one.kind === 'broken')).toBe(true);
    const renamed = await publication
      .client({ rename: { lastname: 'Фамилия', courses: 'Курсы' } })
      .getStudents('LMS', 3);
    expect(studentsOf(renamed)).toHaveLength(3);
  });
});

describe('sessions', () => {
  test('a run leaves no session behind; one licence is enough for it', async () => {
    publication.set({ licences: 1 });
    await publication.client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      expect(publication.sandbox.openSessions()).toBe(1);
      await calls.getStudents('LMS', 1);
    });
    expect(publication.sandbox.openSessions()).toBe(0);
  });

  test('1C’s cluster restarts in the middle of a run', async () => {
    await publication.client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      publication.sandbox.forgetSessions();
      expect(await calls.getStudents('LMS', 1)).toHaveLength(1);
    });
    expect(publication.sandbox.traffic.calls.map((call) => call.status)).toEqual([200, 400, 200, 200]);
    expect(publication.sandbox.openSessions()).toBe(0);
  });

  test('a full pool is busy, and free again later', async () => {
    publication.set({ sessions: { mode: 'use', poolSize: 0, poolTimeout: 10, maxAge: 20_000 } });
    await expect(publication.client().run((calls) => calls.getStudents('LMS', 1))).rejects.toMatchObject({
      name: 'BusyError',
    });
    expect(await publication.client().getStudents('LMS', 1)).toHaveLength(1);
  });
});

describe('flags', () => {
  const first = async () => studentsOf(await publication.page(1))[0]?.code as string;

  test.each<[string, Partial<Switches>]>([
    ['true', { flagResult: 'true' }],
    ['an empty string', { flagResult: '' }],
    ['no return', { flagResult: 'absent' }],
  ])('%s is a success', async (_, switches) => {
    const code = await first();
    publication.set(switches);
    expect(await publication.client().setCronflag([{ code, period: soon() }], 'LMS')).toEqual([]);
    expect(await first()).not.toBe(code);
    await publication.client().setErrorCronflag(code, 'LMS');
    publication.sandbox.reset();
    await publication.client().reoffer([code], 'LMS');
    expect(await first()).toBe(code);
  });

  test('false is none', async () => {
    publication.set({ flagResult: 'false' });
    await expect(
      publication.client().setCronflag([{ code: await first(), period: soon() }], 'LMS'),
    ).rejects.toMatchObject({
      name: 'RefusedError',
    });
  });

  test('unknown codes: named, passed over, or an exception of the whole call', async () => {
    const flags = [{ code: 'нет', period: soon() }];
    expect(await publication.client().setCronflag(flags, 'LMS')).toEqual([
      { pair: expect.stringContaining('нет#'), reason: 'no such student' },
    ]);
    publication.set({ unknownCodes: 'skip' });
    expect(await publication.client().setCronflag(flags, 'LMS')).toEqual([]);
    publication.set({ unknownCodes: 'fault' });
    await expect(publication.client().setCronflag(flags, 'LMS')).rejects.toMatchObject({ name: 'FaultError' });
  });

  test('a 1C that takes unix time for its own clock forgets a flag of an hour at once', async () => {
    const code = await first();
    publication.set({ conversion: 'utcWall' });
    await publication.client().setCronflag([{ code, period: soon() }], 'LMS');
    expect(await first()).toBe(code);
    publication.sandbox.reset();
    await publication.client().setCronflag([{ code, period: soon() }], 'LMS');
    expect(await first()).not.toBe(code);
    await publication.client().reoffer([code], 'LMS');
  });

  test('one code makes the whole call fail', async () => {
    const codes = studentsOf(await publication.page(3)).map((one) => one.code);
    publication.set({ faultAtCode: codes[1] as string });
    const flags = codes.map((code) => ({ code, period: soon() }));
    await expect(publication.client().setCronflag(flags, 'LMS')).rejects.toMatchObject({ name: 'FaultError' });
    expect(await publication.client().setCronflag(flags.slice(2), 'LMS')).toEqual([]);
    publication.sandbox.reset();
    await publication.client().reoffer(codes, 'LMS');
  });
});

test('Limit without the errors: a page full of faulty students still brings others', async () => {
  const [one, two] = studentsOf(await publication.page(2)).map((student) => student.code) as [string, string];
  const group = publication.sandbox.university.statuses.filter((status) => status.student === one).at(-1)
    ?.group as string;
  for (const code of [one, two]) publication.sandbox.changes.moveToGroup(code, '');
  await publication.component.mirror.refresh();
  publication.set({ limitCountsErrors: false });
  const read = await publication.page(2);
  expect(read.map((element) => element.kind)).toEqual(['error', 'error', 'student', 'student']);
  expect(read.slice(0, 2).map((element) => (element as { code?: string }).code)).toEqual([one, two]);
  for (const code of [one, two]) publication.sandbox.changes.moveToGroup(code, group);
  await publication.component.mirror.refresh();
  expect(studentsOf(await publication.page(2)).map((student) => student.code)).toEqual([one, two]);
});

test('switches, changes and expectations are at hand over http', async () => {
  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(`${publication.sandbox.url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) }).then(
      (answer) => answer.json() as Promise<Record<string, unknown>>,
    );
  expect(await ask('/sandbox/switches', 'PATCH', { bom: true })).toMatchObject({ bom: true });
  expect(publication.sandbox.switches.bom).toBe(true);
  expect(await ask('/sandbox/switches', 'DELETE')).toMatchObject({ bom: false });
  const group = publication.sandbox.university.groups[0]?.code;
  const { changed } = (await ask('/sandbox/changes', 'POST', { change: 'admit', count: 2, group })) as {
    changed: string[];
  };
  const expected = await ask('/sandbox/expected?els=LMS');
  expect(Object.keys(expected)).toEqual(expect.arrayContaining(changed));
  await ask('/sandbox/changes', 'POST', { change: 'expel', student: changed[0] });
  expect(Object.keys(await ask('/sandbox/expected?els=LMS'))).not.toContain(changed[0]);
});
