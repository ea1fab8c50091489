import { student } from './testing/students.js';
import { changed } from './testing/setup.js';
import { outcomeKinds, setups } from './testing/setups.js';

const openSetup = setups();
const of = (origin: 'onec' | 'ims', code: string, revision: number, more: object = {}) =>
  student(code, revision, { origin, ...more });
const withdrawn = { state: 'withdrawn' as const };

describe('a student of whom two origins tell', () => {
  it('belongs to the one that came first; the other fails by name, and neither account nor ledger hear of it', async () => {
    const setup = await openSetup();
    await setup.students(of('ims', '1', 5));
    const [account] = setup.account('1');
    const calls = await setup.calls(async () => {
      const [outcome] = await setup.students(of('onec', '1', 900, { person: { lastname: 'Другой' } }));
      expect(outcome).toMatchObject({ kind: 'dead', failure: { kind: 'contract', cause: 'origin-taken' } });
    });
    expect(calls).toEqual({});
    expect(setup.account('1')).toEqual([account]);
    expect(setup.follow.map(({ revision }) => revision)).toEqual([5]);
    expect(outcomeKinds(await setup.students(of('ims', '1', 6)))).toEqual(['done']);
    expect(setup.follow.at(-1)).toMatchObject({ origin: 'ims', revision: 6 });
  });

  it('within one batch belongs to whoever stands first in it, or to whom the ledger says', async () => {
    const setup = await openSetup();
    const both = [of('onec', '1', 7), of('ims', '1', 8), of('ims', '2', 8)];
    expect(outcomeKinds(await setup.students(...both))).toEqual(['done', 'dead', 'done']);
    expect(setup.account('1')).toHaveLength(1);
    const other = [of('ims', '1', 20), of('onec', '1', 9)];
    expect(outcomeKinds(await setup.students(...other))).toEqual(['dead', 'done']);
    expect(setup.follow.map(({ origin, person, revision }) => `${person.code} ${origin} ${revision}`)).toEqual([
      '1 onec 7',
      '2 ims 8',
      '1 onec 9',
    ]);
  });

  it('is handed over once the first has withdrawn them', async () => {
    const setup = await openSetup();
    await setup.students(of('ims', '1', 5));
    await setup.students(of('ims', '1', 6, withdrawn));
    expect(outcomeKinds(await setup.students(of('onec', '1', 7)))).toEqual(['done']);
    expect(setup.account('1')).toHaveLength(1);
    expect(outcomeKinds(await setup.deliver(changed(of('ims', '1', 8))))).toEqual(['dead']);
  });

  it('keeps their place among the studies of one human', async () => {
    const setup = await openSetup({ per: 'individual', fields: { department: '{group}' } });
    const human = { individual: 'H' };
    await setup.students(
      of('onec', '1', 5, { person: human, study: { group: 'A' } }),
      of('onec', '2', 5, { person: human, study: { group: 'B' } }),
    );
    const outcomes = await setup.students(
      of('ims', '2', 9, { person: human, study: { group: 'Z' } }),
      of('onec', '1', 6, { person: human, study: { group: 'C' } }),
    );
    expect(outcomeKinds(outcomes)).toEqual(['dead', 'done']);
    expect(setup.account('H')).toMatchObject([{ department: 'B' }]);
  });
});
