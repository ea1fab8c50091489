import { eventTypes, isOfType, type CloudEvent } from '#contracts';
import { Trouble } from '#persistence';
import { alarmStands } from '#platform/testing';
import { raiseHeldRemovals } from './held.js';
import { removalErrands } from './errands.js';
import type { HeldRemoval } from '../ledger/removal-ledger.js';
import { hour } from './removals.js';
import { bindingChanged, event, enrollerSetup, userProvisioned, standing, system } from '../testing/setup.js';
import { provisioned } from '../testing/studies.js';

const setup = enrollerSetup();

/** The revision of what is read now: binding changes reach those who were read within the period. */
const read = (): number => setup.clock.now;
const rules = { removal: 'suspend' as const };
const courses = [2, 3, 4, 5, 6, 7];
const codesOf = (count: number) => Array.from({ length: count }, (_, index) => String(1000 + index));

/** The broker: what the service sends itself comes back, until nothing more comes. */
async function deliver(events: CloudEvent[], size = 200): Promise<void> {
  const enroller = setup.enroller(rules);
  for (let waiting = [...events]; waiting.length > 0;) {
    const outcomes = await setup.deliver(enroller, waiting.splice(0, size));
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual([]);
    waiting.push(...setup.takePublished().filter((each) => isOfType(each, eventTypes.EnrolmentDue)));
  }
}

/** Each in a semester of its own of two, so that half a register can be emptied. */
async function enrolled(count: number): Promise<void> {
  await deliver(
    codesOf(count).map((code, index) =>
      userProvisioned({
        ...{ code, user: setup.account(code), created: true, courses },
        ...{ sequence: 1, semester: 1 + (index % 2), revision: read() },
      }),
    ),
  );
  expect(Object.keys(standing(setup.sandbox))).toHaveLength(count * courses.length);
}

const suspended = () => Object.values(standing(setup.sandbox)).filter((what) => what.includes('suspended')).length;
const held = async (): Promise<{ waiting: number; held: HeldRemoval[] }> =>
  (await decide('list-removals')) as { waiting: number; held: HeldRemoval[] };
const toldByStatus = async (): Promise<string[]> =>
  (await setup.dataSource.getRepository(Trouble).findBy({ system })).map(({ what }) => what.en);

/** What an operator asks for, and all that follows from it. */
async function decide(what: string, payload: object = {}): Promise<unknown> {
  const sent: CloudEvent[] = [];
  const errands = removalErrands(setup.dataSource, { publishAll: async (events) => void sent.push(...events) });
  const result = await errands[what]!({ id: '', system, what, payload, by: 'ivanov' });
  await deliver(sent);
  return result;
}

describe('an emptied register of bindings, 1,128 enrolments', () => {
  it('suspends nobody: the whole system is held; new students are enrolled; a person releases or discards', async () => {
    await enrolled(188);
    await deliver([bindingChanged([], 5, 1), bindingChanged([], 5, 2)]);
    expect(suspended()).toBe(0);
    expect((await held()).waiting).toBe(1128);
    expect((await held()).held.every(({ why }) => why === 'emptied')).toBe(true);
    expect(alarmStands('removals-held', system)).toBe(true);
    expect(await toldByStatus()).toEqual([expect.stringMatching(/held back: 1128\./)]);

    const user = setup.account('new');
    await deliver([userProvisioned({ code: 'new', user, created: true, courses: [8, 9], sequence: 9, semester: 3 })]);
    expect(standing(setup.sandbox)).toMatchObject({ [`${user}/8`]: '5', [`${user}/9`]: '5' });

    expect(await decide('release-removals', { codes: ['1000', '1001'], why: 'left' })).toEqual({
      number: 12,
      why: 'left',
    });
    expect([suspended(), (await held()).waiting]).toEqual([12, 1116]);
    expect(await decide('discard-removals', { courses: [2], why: 'kept' })).toEqual({ number: 186, why: 'kept' });
    await decide('release-removals');
    expect(suspended()).toBe(12 + 186 * 5);
    expect(await held()).toEqual({ waiting: 0, held: [] });
    expect(alarmStands('removals-held', system)).toBe(false);
    // Discarded is decided: no later pass takes it up, until the course has been wanted again.
    await deliver([bindingChanged([], 7, 1), bindingChanged([], 7, 2)]);
    expect([suspended(), await held()]).toEqual([12 + 186 * 5, { waiting: 0, held: [] }]);
    expect(await toldByStatus()).toEqual([]);
  }, 120_000);

  it('bound again, what was held drops out by itself, and nobody was ever suspended', async () => {
    await enrolled(30);
    await deliver([bindingChanged([], 5, 1), bindingChanged([], 5, 2)]);
    expect((await held()).waiting).toBe(180);
    await deliver([bindingChanged(courses, 6, 1), bindingChanged(courses.slice(1), 6, 2)]);
    expect(suspended()).toBe(0);
    expect((await held()).held.map(({ courseId }) => courseId)).toEqual(Array(15).fill(2));
    await raiseHeldRemovals(system, setup.dataSource);
    expect(await toldByStatus()).toEqual([expect.stringMatching(/held back: 15\./)]);
  });
});

describe('half a register emptied, 1,128 enrolments', () => {
  it('suspends 2 % an hour; the rest stays held, whatever the hour, until it is released', async () => {
    await enrolled(188);
    await deliver([bindingChanged([], 5, 1)]);
    expect(suspended()).toBe(22);
    expect((await held()).waiting).toBe(564 - 22);
    expect((await held()).held.every(({ why }) => why === 'limit')).toBe(true);
    setup.clock.now += hour + 1;
    await deliver([bindingChanged([], 6, 1)]);
    expect(suspended()).toBe(22);
    // A new hour allows others anew.
    await deliver([bindingChanged([2], 7, 2)]);
    expect(suspended()).toBeLessThanOrEqual(44);
    expect(suspended()).toBeGreaterThanOrEqual(42);
    await decide('release-removals');
    expect(suspended()).toBe(564 + 94 * 5);
  }, 120_000);
});

it('a mirror that lost its curricula: students read anew want nothing, and all are held; the students are told done', async () => {
  await enrolled(40);
  const lost = codesOf(40).map((code) =>
    event(
      'itk.user.provisioned.v1',
      provisioned({ code, user: userOf(code), courses: [], sequence: 9, revision: read() + 1, curriculum: '' }),
    ),
  );
  await deliver(lost);
  expect(suspended()).toBe(0);
  expect((await held()).waiting).toBe(240);
  const rows = (await setup.dataSource.query('select distinct applied from studies')) as unknown[];
  expect(rows).toEqual([{ applied: String(read() + 1) }]);
});

it('withdrawn in great number: held as well, and released though nobody studies any more', async () => {
  await enrolled(10);
  await deliver(
    codesOf(10).map((code) => userProvisioned({ code, user: userOf(code), state: 'withdrawn', revision: read() + 1 })),
  );
  expect([suspended(), (await held()).waiting]).toEqual([0, 60]);
  await decide('release-removals');
  expect([suspended(), (await held()).held]).toEqual([60, []]);
});

describe('what is released is looked at anew', () => {
  it('an enrolment that others have ended or suspended is left alone', async () => {
    await enrolled(10);
    await deliver([bindingChanged([], 5, 1), bindingChanged([], 5, 2)]);
    const [one, two] = [userOf('1000'), userOf('1001')];
    const { enrolments } = setup.sandbox.state;
    enrolments.remove(2, one);
    await decide('release-removals', { codes: ['1000'] });
    expect(standing(setup.sandbox)[`${one}/2`]).toBeUndefined();
    expect(standing(setup.sandbox)[`${one}/3`]).toBe('5 suspended');
    // What was wanted again meanwhile stays.
    await deliver([bindingChanged([3], 6, 2)]);
    await decide('release-removals', { codes: ['1001'] });
    expect(standing(setup.sandbox)[`${two}/3`]).toBe('5');
    expect(standing(setup.sandbox)[`${two}/2`]).toBe('5 suspended');
  });

  it('killed at any statement or call, nothing is lost and nothing goes beyond what was released', async () => {
    for (let killed = true, death = 1; killed; death++) {
      await setup.clean();
      await enrolled(6);
      await deliver([bindingChanged([], 5, 1), bindingChanged([], 5, 2)]);
      const sent: CloudEvent[] = [];
      const errand = { id: '', system, what: '', payload: { codes: ['1000', '1001'] }, by: 'ivanov' };
      const query = setup.dataSource.query.bind(setup.dataSource);
      let step = 0;
      const dying = Object.create(setup.dataSource, {
        query: {
          value: async (...given: Parameters<typeof query>) => {
            // Half of the deaths come after the statement: its answer is lost.
            if (++step === death && death % 2 === 0) throw new Error('killed');
            const answer: unknown = await query(...given);
            if (step === death) throw new Error('killed');
            return answer;
          },
        },
      }) as typeof setup.dataSource;
      const work = async (dataSource: typeof setup.dataSource) => {
        const errands = removalErrands(dataSource, { publishAll: async (events) => void sent.push(...events) });
        await errands['release-removals']!(errand);
        const outcomes = await setup.deliver(setup.enroller(rules, dataSource), sent);
        if (outcomes.some(({ kind }) => kind !== 'done')) throw new Error('killed');
      };
      killed = await work(dying).then(
        () => false,
        () => true,
      );
      if (killed) await work(setup.dataSource);
      expect([death, suspended()]).toEqual([death, 12]);
      expect((await held()).waiting).toBe(24);
    }
  }, 120_000);
});

const userOf = (code: string): number =>
  [...setup.sandbox.state.users.all()].find(({ idnumber }) => idnumber === code)!.id;
