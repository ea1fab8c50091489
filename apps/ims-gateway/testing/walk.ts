import { Death, GatewaySetup, dataSource } from './setup.js';
import { enterprise, group, member, person } from './xml.js';

const files = {
  '1.xml': enterprise(
    ...[group('C', 'Chemistry'), ...['1', '2', '3', '4'].map((id) => person(id, `F${id}`))],
    ...['1', '2', '3'].map((id) => member({ course: 'C', person: id, cohort: 'g' })),
  ),
  '2.xml': '<enterprise><person></enterprise>',
  '3.xml': enterprise(
    ...[person('2', 'New'), person('5', 'F5'), member({ course: 'C', person: '1', recstatus: 3 })],
    ...[person('3', 'F3', '', 3), member({ course: 'D', person: '4', role: '02' }), '<person/>'],
  ),
};

export interface Walk {
  steps: string[];
  diedAt?: string;
  /** What everybody is left with. */
  left: unknown;
}

/** Three files, a window of two, and a process that dies at the n-th step; the next one finds the clock set on. */
export async function walk(dieAt: number): Promise<Walk> {
  const setup = await new GatewaySetup().open();
  setup.window = 2;
  const steps: string[] = [];
  setup.step = (name, when) => {
    steps.push(`${when} ${name}`);
    if (steps.length === dieAt) throw new Death();
  };
  try {
    for (const [name, content] of Object.entries(files)) {
      await setup.drop(name, content);
      await setup.settle();
    }
    const told = await setup.files();
    const reports = await Promise.all(told.map((file) => setup.report(file)));
    return {
      steps,
      ...(steps[dieAt - 1] !== undefined && { diedAt: steps[dieAt - 1]! }),
      left: {
        last: Object.values(setup.last).map(({ system: _, revision: __, ...student }) => student),
        files: told.map(({ name, state, counts, outcomes, damage }) => ({ name, state, counts, outcomes, damage })),
        reports: reports.map(({ problems, changes }) => ({ problems, changes })),
        lies: await setup.lies(),
        staged: await dataSource.query('select 1 from ims_gateway.staged'),
        growing: setup.published.every(
          ({ person: { code }, revision }, index) =>
            !setup.published
              .slice(0, index)
              .some((before) => before.person.code === code && before.revision >= revision),
        ),
      },
    };
  } finally {
    await setup.close();
  }
}

/** Each of these deaths, and what it left, is as if nobody had died. */
export async function dieAtEach(moments: (steps: readonly string[]) => number[]): Promise<void> {
  const { steps, left } = await walk(Infinity);
  expect(left).toMatchObject({
    ...{ staged: [], growing: true },
    files: [{ state: 'applied' }, { state: 'rejected' }, { state: 'applied' }],
  });
  const kinds = ['database.query', 'database.transaction', 'broker.publishAll'];
  expect([...new Set(steps)].sort()).toEqual(kinds.flatMap((kind) => [`before ${kind}`, `after ${kind}`]).sort());
  for (const dieAt of moments(steps)) {
    const end = await walk(dieAt);
    expect([dieAt, end.diedAt, end.left]).toEqual([dieAt, end.diedAt, left]);
  }
}
