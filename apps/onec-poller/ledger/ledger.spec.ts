import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import { PostgresWindowLedger } from './ledger.js';
import { TenureLostError, type WindowLedger } from './window-ledger.js';
import { schema } from './schema.js';
import type { Offer } from '../window/offer.js';
import { MemoryWindowLedger } from '../testing/memory-ledger.js';
import { take } from '../window/take.js';
import type { Place } from '../window/places.js';

let database: TestDatabase;
let dataSource: DataSource;
let systems = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const error = (code: string): Offer => ({
  kind: 'error',
  code,
  hash: `e-${code}`,
  text: `fault of ${code}`,
  codeFound: true,
});
const contract = (code: string, hash = 'h'): Offer => ({ kind: 'contract', code, hash, where: 'x' });
const place = (offer: Offer, revision: number): Place => ({
  offer,
  revision,
  renewed: false,
  recent: [{ hash: offer.hash, time: revision }],
});

it('the migrated schema is what the entities say', async () => {
  expect(await schemaDrift(dataSource)).toEqual([]);
});

describe.each([
  ['in PostgreSQL', (): WindowLedger => new PostgresWindowLedger(dataSource)],
  ['in memory', (): WindowLedger => new MemoryWindowLedger()],
])('the ledger %s', (_, make) => {
  let ledger: WindowLedger;
  let system: string;
  beforeEach(() => {
    ledger = make();
    system = `s${++systems}`;
  });

  it('knows up to which of 1C’s own errors all is noted, together with their places', async () => {
    const { tenure, errorSequence } = await ledger.begin(system);
    expect(errorSequence).toBe(0);
    await ledger.take(tenure, [place(error('1'), 10)], [error('2')], { errorSequence: 7 });
    await ledger.take(tenure, [], [], { errorSequence: 5 });
    expect((await ledger.begin(system)).errorSequence).toBe(7);
    await expect(ledger.take(tenure, [], [], { errorSequence: 9 })).rejects.toThrow(TenureLostError);
    expect((await ledger.begin(system)).errorSequence).toBe(7);
  });

  it('counts the pages that were asked for and never noted, until looked after or a month is over', async () => {
    const month = 32 * 24 * 3_600_000;
    const askedAndLost = async (time: number) => {
      await ledger.asks((await ledger.begin(system)).tenure, time);
      return (await ledger.begin(system)).pagesLost;
    };
    const { tenure } = await ledger.begin(system);
    expect(await ledger.asks(tenure, 900)).toBeUndefined();
    await ledger.take(tenure, [], [], { page: true });
    expect((await ledger.begin(system)).pagesLost).toBeUndefined();
    expect(await askedAndLost(1_000)).toEqual({ number: 1, since: 1_000 });
    expect(await askedAndLost(2_000)).toEqual({ number: 2, since: 1_000 });
    await ledger.lookedAfter(system);
    expect((await ledger.begin(system)).pagesLost).toBeUndefined();
    expect(await askedAndLost(3_000)).toEqual({ number: 1, since: 3_000 });
    const last = await ledger.begin(system);
    expect(await ledger.asks(last.tenure, 3_000 + month)).toEqual({ number: 1, since: 3_000 });
    expect(await ledger.asks(last.tenure, 3_001 + month)).toBeUndefined();
  });

  it('keeps places, marks them and frees them by a report of that revision or a newer one', async () => {
    const { tenure } = await ledger.begin(system);
    await ledger.take(tenure, [place(contract('1'), 10), place(contract('2'), 10), place(contract('3'), 10)], []);
    await ledger.mark(
      tenure,
      [1, 2, 3].map((code) => ({ code: `${code}`, revision: 10 })),
    );
    expect((await ledger.state(system)).inFlight).toEqual(new Set(['1', '2', '3']));
    expect(await ledger.known(system, ['1', '9'])).toEqual(
      new Map([['1', { code: '1', revision: 10, hash: 'h', inFlight: true, recent: [{ hash: 'h', time: 10 }] }]]),
    );
    const freed = await ledger.reported(system, [
      { code: '1', revision: 9 },
      { code: '2', revision: 10 },
      { code: '3', revision: 3 },
      { code: '3', revision: 11 },
      { code: 'unknown', revision: 11 },
    ]);
    expect(freed).toBe(2);
    expect((await ledger.state(system)).inFlight).toEqual(new Set(['1']));
    expect((await ledger.begin(system)).givenUp).toEqual([]);
  });

  it('gives up at start what was written but not confirmed, and owes the errors among it', async () => {
    const first = await ledger.begin(system);
    await ledger.take(first.tenure, [place(contract('1'), 10), place(error('2'), 10), place(error('3'), 10)], []);
    await ledger.mark(first.tenure, [{ code: '3', revision: 10 }]);
    expect((await ledger.state(system)).owed).toEqual([]);
    const second = await ledger.begin(system);
    expect(second.givenUp.sort()).toEqual(['1', '2']);
    const state = await ledger.state(system);
    expect(state.inFlight).toEqual(new Set(['3']));
    expect(state.owed).toEqual([error('2')]);
    expect((await ledger.known(system, ['1'])).get('1')).toMatchObject({ revision: 10, inFlight: false });
  });

  it('lets an older poller write no more', async () => {
    const old = await ledger.begin(system);
    const { tenure } = await ledger.begin(system);
    await expect(async () => ledger.take(old.tenure, [place(contract('1'), 1)], [])).rejects.toThrow(TenureLostError);
    await expect(async () => ledger.tick(old.tenure, 1, 1)).rejects.toThrow(TenureLostError);
    await expect(async () => ledger.bindingsPublished(old.tenure, 1)).rejects.toThrow(TenureLostError);
    await ledger.take(tenure, [place(contract('1'), 1)], []);
    expect((await ledger.state(system)).inFlight.size).toBe(1);
  });

  it('withdraws what could not be published, as if it had not been tried', async () => {
    const { tenure } = await ledger.begin(system);
    await ledger.take(tenure, [place(contract('1'), 10), place(error('2'), 10)], []);
    await ledger.withdraw(tenure, [
      { code: '1', revision: 10 },
      { code: '2', revision: 10 },
    ]);
    const state = await ledger.state(system);
    expect(state.inFlight.size).toBe(0);
    expect(state.owed).toEqual([error('2')]);
    expect((await ledger.known(system, ['1'])).get('1')).toMatchObject({ recent: [], revision: 10 });
  });

  it('a renewed place whose publication failed is held on by what was published before', async () => {
    const { tenure } = await ledger.begin(system);
    const first = place(contract('1'), 10);
    await ledger.take(tenure, [first], []);
    await ledger.mark(tenure, [{ code: '1', revision: 10 }]);
    const before = { revision: 10, hash: first.offer.hash };
    await ledger.take(tenure, [{ ...place(contract('1'), 20), renewed: true, before }], []);
    await ledger.withdraw(tenure, [{ code: '1', revision: 20, before }]);
    expect((await ledger.state(system)).inFlight).toEqual(new Set(['1']));
    expect((await ledger.known(system, ['1'])).get('1')).toMatchObject({ revision: 10, hash: before.hash });
    expect(await ledger.reported(system, [{ code: '1', revision: 10 }])).toBe(1);
    expect((await ledger.state(system)).inFlight.size).toBe(0);
  });

  it('keeps owed errors until they are marked, and a newer word replaces them', async () => {
    const { tenure } = await ledger.begin(system);
    await ledger.take(tenure, [], [error('b'), error('a'), error('c')]);
    expect((await ledger.state(system)).owed).toEqual([error('a'), error('b'), error('c')]);
    await ledger.take(tenure, [place(error('a'), 5), place(contract('b'), 5)], []);
    expect((await ledger.state(system)).owed).toEqual([error('c')]);
    await ledger.mark(tenure, [
      { code: 'a', revision: 5 },
      { code: 'b', revision: 5 },
    ]);
    await ledger.reported(system, [
      { code: 'a', revision: 5 },
      { code: 'b', revision: 5 },
    ]);
    expect(await ledger.state(system)).toEqual({ inFlight: new Set(), owed: [error('c')] });
  });

  it('gives up by the running clock, which outlives the poller', async () => {
    const first = await ledger.begin(system);
    await ledger.tick(first.tenure, 1_000, 100);
    await ledger.take(first.tenure, [place(contract('1'), 1)], []);
    await ledger.mark(first.tenure, [{ code: '1', revision: 1 }]);
    expect(await ledger.tick(first.tenure, 60, 100)).toEqual([]);
    const second = await ledger.begin(system);
    await ledger.take(second.tenure, [place(contract('2'), 2)], []);
    expect(await ledger.tick(second.tenure, 40, 100)).toEqual(['1']);
    expect((await ledger.state(system)).inFlight).toEqual(new Set(['2']));
  });

  it('never takes an older revision for a newer, nor moves the sequence of bindings back', async () => {
    const { tenure } = await ledger.begin(system);
    await ledger.take(tenure, [place(contract('1', 'new'), 10)], []);
    await ledger.take(tenure, [place(contract('1', 'old'), 10)], []);
    expect((await ledger.known(system, ['1'])).get('1')).toMatchObject({ hash: 'new' });
    await ledger.bindingsPublished(tenure, 7);
    await ledger.bindingsPublished(tenure, 5);
    expect((await ledger.begin(system)).bindingSequence).toBe(7);
  });

  it('keeps systems apart', async () => {
    const { tenure } = await ledger.begin(system);
    await ledger.begin(`${system}b`);
    await ledger.take(tenure, [place(contract('1'), 10)], []);
    expect((await ledger.state(`${system}b`)).inFlight.size).toBe(0);
    expect(await ledger.reported(`${system}b`, [{ code: '1', revision: 99 }])).toBe(0);
  });
});

it('writes and reads a window of 5,000 students in a few statements', async () => {
  const ledger = new PostgresWindowLedger(dataSource);
  const { tenure } = await ledger.begin('many');
  const places = Array.from({ length: 5_000 }, (_, index) => place(contract(`${index}`), 10));
  const published = places.map(({ offer, revision }) => ({ code: offer.code, revision }));
  await ledger.take(tenure, places, []);
  await ledger.mark(tenure, published);
  expect(
    (
      await ledger.known(
        'many',
        published.map(({ code }) => code),
      )
    ).size,
  ).toBe(5_000);
  expect(await ledger.reported('many', published)).toBe(5_000);
});

it('what the database cannot hold fails that student alone; the others of the page are written', async () => {
  const ledger = new PostgresWindowLedger(dataSource);
  const { tenure } = await ledger.begin('unstorable');
  const nul = (code: string): Offer => ({ ...error(code), text: 'Ива\u0000нов' }) as Offer;
  const places = ['1', '2', '3', '4', '5'].map((code) => place(code === '4' ? nul(code) : contract(code), 10));
  const choice = { places, owed: [error('6'), nul('7')], heldOff: [], waiting: 0, left: 0, free: 0 };
  const written = await take(ledger, tenure, choice);
  const failure = (code: string) => ({
    kind: 'contract',
    code,
    hash: `e-${code}`,
    where: expect.stringMatching(/database/),
  });
  expect(written.places.map(({ offer }) => offer)).toEqual([
    ...['1', '2', '3'].map((code) => contract(code)),
    failure('4'),
    contract('5'),
  ]);
  expect((await ledger.state('unstorable')).inFlight).toEqual(new Set(['1', '2', '3', '4', '5']));
  expect((await ledger.state('unstorable')).owed).toEqual([error('6'), failure('7')]);
});
