import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { schema } from './ledger/schema.js';
import { student } from './testing/students.js';
import { ProvisionerSetup } from './testing/setup.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ ...schema, url: database.url });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const students = 20_000;
const batch = 100;

async function pass(
  setup: ProvisionerSetup,
  revision: number,
): Promise<{ perSecond: number; calls: Record<string, number> }> {
  const begun = performance.now();
  const calls = await setup.calls(async () => {
    for (let from = 0; from < students; from += batch) {
      const given = Array.from({ length: batch }, (_, index) =>
        student(String(from + index).padStart(9, '0'), revision),
      );
      const outcomes = await setup.students(...given);
      expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
      setup.follow.length = 0;
    }
  });
  return { perSecond: students / ((performance.now() - begun) / 1000), calls };
}

it('a pass of unchanged students makes no call of Moodle', async () => {
  const setup = await ProvisionerSetup.open(dataSource, {}, { maxInputVars: 5000 });
  try {
    const made = await pass(setup, 1);
    expect(setup.moodle.state.users.size).toBe(students + 3);
    const unchanged = await pass(setup, 2);
    expect(unchanged.calls).toEqual({});
    const rate = ({ perSecond }: { perSecond: number }): string => `${Math.round(perSecond)} students/s`;
    console.info(`${students} students: made ${rate(made)}, unchanged ${rate(unchanged)}`);
  } finally {
    await setup.close();
  }
});
