import fc from 'fast-check';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { Setup, faults, habits } from './every-quirk.js';

/** Component, publication with its quirks, client and the poller's reading: what comes out is what the paper says. */
let setup: Setup;
beforeAll(async () => {
  setup = await Setup.open({ students: 40, seed: 31, faulty: 0.2, courses: 3000 });
  expect(setup.expected().students.size).toBeGreaterThan(20);
  expect(setup.expected().faults.size).toBeGreaterThan(4);
});
afterAll(() => setup?.close());

const sorted = (map: Map<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

async function comesOutWhole(switches: Partial<Switches>, how: { limit: number; inOneRun: boolean }): Promise<void> {
  const came = await setup.readOut(switches, how);
  const expected = setup.expected();
  expect(sorted(came.students)).toEqual(sorted(expected.students));
  expect([...came.flagged].sort()).toEqual([...expected.faults.keys()].sort());
  // The formless element's code is a number; as text with a no-break space it names somebody.
  expect([...came.unusable]).toEqual(switches.brokenElement && switches.nbsp ? ['12\u00A0345'] : []);
  // 1C says a fault once: with an answer that is lost on its way it is lost, the flag is not.
  if (switches.cut || switches.silent)
    for (const [code, fault] of came.faults) expect(expected.faults.get(code)).toBe(fault);
  else expect(sorted(came.faults)).toEqual(sorted(expected.faults));
}

test.each(Object.keys(habits))('%s', (name) => comesOutWhole(habits[name]!, { limit: 12, inOneRun: true }));

test.each(Object.keys(faults))('%s', (name) =>
  comesOutWhole({ failingCalls: 3, ...faults[name] }, { limit: 12, inOneRun: true }),
);

test.each(['\t', '\n', '"', '\\', '"}'])(
  '%j unescaped in one surname: that student at the most is unusable',
  async (unescaped) => {
    const expected = setup.expected();
    const came = await setup.readOut({ unescaped }, { limit: 12, inOneRun: true });
    const certain = unescaped === '\t' || unescaped === '\n';
    // Page after page another one stands second, until all the others are flagged.
    expect(came.unusable.size === 0).toBe(certain);
    expect(sorted(came.faults)).toEqual(sorted(expected.faults));
    for (const [code, student] of expected.students)
      if (came.students.has(code)) expect(came.students.get(code)).toEqual(student);
      else expect(came.unusable).toContain(code);
  },
);

test('any of them together', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(Object.values(habits)),
      fc.option(fc.constantFrom(...Object.values(faults)), { nil: {} }),
      fc.record({
        failingCalls: fc.integer({ min: 1, max: 4 }),
        failing: fc.constantFrom(null, ['GetStudents' as const], ['SetCronflag' as const]),
      }),
      fc.record({ limit: fc.integer({ min: 3, max: 60 }), inOneRun: fc.boolean() }),
      (some, fault, failing, how) =>
        comesOutWhole(Object.assign({}, ...some, failing, fault) as Partial<Switches>, how),
    ),
    { numRuns: Number(process.env.ITK_QUIRK_RUNS ?? 15), endOnFailure: true },
  );
}, 300_000);
