import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import type { StudentChanged, UserProvisioned } from '#contracts';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import type { FaultRule } from '../../sandbox/moodle/switches/faults.js';
import type { Change, Missing } from './intake/arrangement.js';
import { schema } from './ledger/schema.js';
import { student } from './testing/students.js';
import { changed, vanished, ProvisionerSetup } from './testing/setup.js';

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

/** What may befall one batch. */
const mishaps = fc.constantFrom<FaultRule['kind'] | 'none' | 'deleted' | 'diesBeforeRecord' | 'diesBeforeAck'>(
  ...(['none', 'none', 'none', 'lostAnswer', 'reset', 'gatewayTimeout', 'upgrade', 'deadlock'] as const),
  ...(['deleted', 'diesBeforeRecord', 'diesBeforeAck'] as const),
);
const functions = fc.constantFrom('core_user_create_users', 'core_user_update_users', 'core_user_get_users_by_field');

/** Histories of up to five students, two of which may be one human. */
const histories = fc.array(
  fc.record({
    code: fc.constantFrom('01', '02', '03', '04', '05'),
    lastname: fc.constantFrom('Иванов', 'Петров', 'Иванова'),
    middlename: fc.constantFrom('', 'Ильич'),
    group: fc.constantFrom('А', 'Б'),
    state: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'withdrawn' as const),
  }),
  { minLength: 1, maxLength: 14 },
);

interface Turn {
  size: number;
  mishap: string;
  on: string;
  restart: boolean;
}
const turns = fc.infiniteStream(
  fc.record({ size: fc.integer({ min: 1, max: 6 }), mishap: mishaps, on: functions, restart: fc.boolean() }),
);

/** Delivers until nothing is left, as the broker would: what is not answered for comes again. */
async function deliverAll(
  setup: ProvisionerSetup,
  events: (Change | Missing)[],
  next: () => Turn,
): Promise<ProvisionerSetup> {
  let queue = [...events];
  for (let turn = 0; queue.length > 0; turn++) {
    if (turn > 200) throw new Error('does not come to an end');
    const { size, mishap, on, restart } = turn > 60 ? { ...next(), mishap: 'none' } : next();
    if (restart) {
      const { follow } = setup;
      setup = setup.restarted(accounts);
      setup.follow.push(...follow);
    }
    const batch = queue.slice(0, size);
    const rest = queue.slice(size);
    const words: Missing[] = [];
    const { faults } = setup.moodle.switches;
    faults.length = 0;
    const ledger = (setup.provisioning as unknown as { parts: { ledger: { record(): Promise<void> } } }).parts.ledger;
    const record = ledger.record;
    if (mishap === 'deleted') {
      const [account] = setup.everybody();
      if (account) {
        setup.moodle.state.deleteUser(account);
        for (const event of events)
          if (event.type === 'itk.student.changed.v1' && keyOf((event as Change).data) === account.idnumber)
            words.push(vanished((event as Change).data.person.code, new Date(setup.now + turn * 1000)));
      }
    } else if (mishap === 'diesBeforeRecord') ledger.record = () => Promise.reject(new Error('killed'));
    else if (mishap !== 'none' && mishap !== 'diesBeforeAck')
      faults.push({ kind: mishap as FaultRule['kind'], functions: [on], times: 1 });
    const told = setup.follow.length;
    let left: (Change | Missing)[];
    try {
      const outcomes = await setup.deliver(...batch);
      left = batch.filter((_, index) => ['handBack', 'retry'].includes(outcomes[index]!.kind));
      const dead = outcomes.filter((outcome) => outcome.kind === 'dead');
      // Said again for one revision: the message is given up, and the next revision heals it.
      expect(
        dead.filter(({ failure }) => !['account-missing-again', 'student-unknown'].includes(failure.cause)),
      ).toEqual([]);
      if (mishap === 'diesBeforeAck') {
        left = batch;
        setup.follow.length = told;
      }
    } catch (error) {
      if ((error as Error).message !== 'killed') throw error;
      left = batch;
    }
    ledger.record = record;
    faults.length = 0;
    queue = [...left, ...rest, ...words];
  }
  return setup;
}

const accounts = { per: 'individual', fields: { department: '{group}' } } as const;
const humans: Record<string, string> = { '01': 'H1', '02': 'H1', '03': 'H3', '04': 'H4', '05': 'H5' };
const keyOf = ({ person }: StudentChanged): string => person.individual!;

describe('whatever the order, the repetitions and the mishaps', () => {
  it('the accounts are those of the newest revisions, each made once and told on', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        turns,
        async (history, order, stream) => {
          const all = history.map(({ code, group, state, ...names }, index) =>
            student(code, 100 + index, { state, person: { ...names, individual: humans[code]! }, study: { group } }),
          );
          // Every one at least once, some twice, in any order; then all that is newest once more, as 1C offers it.
          const shuffled = [...all, ...all.slice(0, 5)]
            .map((each, index) => ({ each, at: order[index % order.length]! }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => changed(each));
          let setup = await ProvisionerSetup.open(dataSource, accounts);
          try {
            const iterator = stream[Symbol.iterator]();
            setup = await deliverAll(setup, shuffled, () => iterator.next().value as Turn);

            const newest = new Map<string, StudentChanged>();
            for (const each of all) newest.set(each.person.code, each);
            // An account deleted while its word was on the way is healed by what 1C offers next, and the word about it.
            for (const { person } of newest.values()) {
              const words = [vanished(person.code, new Date(setup.now + 1_000_000))];
              const reoffered = { ...newest.get(person.code)!, revision: 1000 + newest.size - Number(person.code) };
              newest.set(person.code, reoffered);
              await setup.deliver(changed(reoffered));
              const lookedUp = await setup.deliver(...words);
              expect(lookedUp).toEqual([{ kind: 'done' }]);
            }
            check(setup, [...newest.values()]);
          } finally {
            await setup.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

/** By another way than the service: what must stand in Moodle and what course-enroller must have heard last. */
function check(setup: ProvisionerSetup, newest: StudentChanged[]): void {
  const heard = new Map<string, UserProvisioned>();
  for (const told of setup.follow) {
    const before = heard.get(told.person.code);
    if (!before || told.revision >= before.revision) heard.set(told.person.code, told);
  }
  const keys = setup.everybody().map(({ idnumber }) => idnumber);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of new Set(newest.map(keyOf))) {
    const active = newest.filter((each) => keyOf(each) === key && each.state === 'active');
    const [account] = setup.account(key);
    if (active.length === 0) continue;
    const lead = active.reduce((one, other) => (one.person.code > other.person.code ? one : other));
    const lastRead = active.reduce((one, other) => (one.revision > other.revision ? one : other));
    expect(account).toMatchObject({ department: lead.study!.group, lastname: lastRead.person.lastname });
    expect(account!.middlename ?? '').toBe(lastRead.person.middlename);
    for (const study of active)
      expect(heard.get(study.person.code)).toMatchObject({ revision: study.revision, moodleUserId: account!.id });
  }
}
