import type { DataSource } from 'typeorm';
import type { Outcome } from '#messaging';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { schema } from '../ledger/schema.js';
import { student } from './students.js';
import { ProvisionerSetup, type AccountsGiven } from './setup.js';

/** Set-ups on a database of this spec file's own; closed after each test. */
export function setups(): (
  accounts?: AccountsGiven,
  more?: { maxInputVars?: number; inFile?: boolean },
) => Promise<ProvisionerSetup> {
  let database: TestDatabase;
  let dataSource: DataSource;
  const opened: ProvisionerSetup[] = [];

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
  afterEach(async () => {
    for (const setup of opened.splice(0)) await setup.close();
  });

  return async (accounts = {}, more) => {
    const setup = await ProvisionerSetup.open(dataSource, accounts, more);
    opened.push(setup);
    return setup;
  };
}

export const outcomeKinds = (outcomes: Outcome[]): string[] => outcomes.map((outcome) => outcome.kind);
export const causes = (outcomes: Outcome[]): (string | undefined)[] =>
  outcomes.map((outcome) => ('failure' in outcome ? outcome.failure.cause : undefined));
export const failureKinds = (outcomes: Outcome[]): (string | undefined)[] =>
  outcomes.map((outcome) => ('failure' in outcome ? outcome.failure.kind : undefined));
export const many = (count: number, revision = 1) =>
  Array.from({ length: count }, (_, index) => student(String(index + 1).padStart(9, '0'), revision));
