import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import { Ledger } from './ledger.js';
import { schema } from './schema.js';
import { bindingKey } from '../intake/study.js';
import { study } from '../testing/studies.js';

let database: TestDatabase;
let dataSource: DataSource;
let ledger: Ledger;
let other: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
});
beforeEach(async () => {
  await dataSource.query('truncate studies, bindings, accounts, groups');
  ledger = new Ledger(dataSource, 'lms');
  other = new Ledger(dataSource, 'other');
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

it('has the schema that its entities tell', async () => {
  expect(await schemaDrift(dataSource)).toEqual([]);
});

describe('studies', () => {
  it('come back as they were noted, with all studies of the same human, of this system only', async () => {
    const mine = study({
      code: '001',
      personKey: 'p',
      courses: [{ id: 3, role: 'student', end: 9 }],
      bindingSequence: 4,
    });
    const sibling = study({
      code: '002',
      personKey: 'p',
      moodleUserId: undefined,
      curriculum: undefined,
      semester: undefined,
    });
    await ledger.note([mine, sibling, study({ code: '003', personKey: 'q' })]);
    await other.note([study({ code: '004', personKey: 'p' })]);
    const found = await ledger.studies(['001'], []);
    expect([...found.keys()].sort()).toEqual(['001', '002']);
    expect(found.get('001')).toEqual(mine);
    expect(found.get('002')).toEqual(sibling);
    expect([...(await ledger.studies(['009'], ['q'])).keys()]).toEqual(['003']);
    expect((await ledger.studies([], [])).size).toBe(0);
  });

  it('keep how far they were made true when something newer is noted, and never go back', async () => {
    const first = study({ seen: 5 });
    await ledger.note([first]);
    const counts = { accountCreated: true, enrolled: 2, updated: 0, suspended: 0, unchanged: 0 };
    const applied = {
      ...first,
      applied: 5,
      appliedUserId: 11,
      counts,
      validUntil: 77,
      missingAsked: 5,
      missingAskedBy: 'e',
    };
    await ledger.record([applied]);
    await ledger.note([study({ seen: 6, group: 'new' })]);
    await ledger.note([study({ seen: 4, group: 'old' })]);
    expect((await ledger.studies(['1'], [])).get('1')).toEqual({ ...applied, seen: 6, group: 'new' });
  });

  it('are reached by a binding change when read before it and within the period', async () => {
    const noted = (code: string, more: Parameters<typeof study>[0]) =>
      study({ code, bindingSequence: 5, seen: 2000, ...more });
    await ledger.note([
      noted('reached', {}),
      noted('read after', { bindingSequence: 6 }),
      noted('long ago', { seen: 1999 }),
      noted('other semester', { semester: 2 }),
      noted('other curriculum', { curriculum: 'D' }),
      noted('withdrawn', { active: false }),
      noted('foreign 1C', { bindingSequence: undefined }),
      noted('file', { origin: 'ims' }),
    ]);
    const change = { curriculum: 'C', semester: 1, courses: [1], sequence: 6 };
    expect(await ledger.reachedBy([change], 2000)).toEqual([{ code: 'reached', seen: 2000 }]);
    expect(await other.reachedBy([change], 0)).toEqual([]);
  });
});

it('keeps the newest binding of each curriculum and semester', async () => {
  const at = (sequence: number, semester = 1) => ({ curriculum: 'C', semester, courses: [sequence], sequence });
  await ledger.keepBindings([at(5), at(3, 2)]);
  await ledger.keepBindings([at(4), at(6, 2)]);
  const found = await ledger.bindings([at(0), at(0, 2), at(0, 3)]);
  expect(found).toEqual(new Map([at(5), at(6, 2)].map((binding) => [bindingKey(binding), binding])));
});

it('keeps what was made in an account, and the numbers of groups', async () => {
  const account = {
    moodleUserId: 11,
    enrolments: new Map([
      [3, { made: { roleIds: [5], begin: 0, end: 9, suspended: false } }],
      [4, { theirs: true as const }],
    ]),
    memberships: new Map([['3/ИВТ/21', 'made' as const]]),
  };
  await ledger.keep([{ ...account, memberships: new Map() }]);
  await ledger.keep([account]);
  expect(await ledger.accounts([11, 12])).toEqual(new Map([[11, account]]));
  expect((await other.accounts([11])).size).toBe(0);
  await ledger.keepGroups(
    new Map([
      ['3/ИВТ/21', 70],
      ['0/A', 71],
    ]),
  );
  await ledger.keepGroups(new Map([['0/A', 72]]));
  expect(
    await ledger.groups([
      { courseId: 3, name: 'ИВТ/21' },
      { courseId: 0, name: 'A' },
      { courseId: 4, name: 'A' },
    ]),
  ).toEqual(
    new Map([
      ['3/ИВТ/21', 70],
      ['0/A', 72],
    ]),
  );
});
