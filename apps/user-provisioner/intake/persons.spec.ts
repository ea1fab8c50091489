import fc from 'fast-check';
import { accountSource } from './lead-study.js';
import { personKey } from './person-key.js';
import { student } from '../testing/students.js';

describe('one human with two studies', () => {
  it('is shown as the latest begun active study, under the name last read, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(99), fc.constantFrom('active' as const, 'withdrawn' as const)), {
          selector: ([code]) => code,
        }),
        fc.func(fc.integer()),
        (given, shuffle) => {
          const studies = given.map(([code, revision, state]) =>
            student(`00${code}`, revision, {
              state,
              person: { lastname: `N${revision}` },
              study: { group: `g${code}` },
            }),
          );
          const source = accountSource(studies);
          const shuffled = [...studies].sort((a, b) => shuffle(a.person.code) - shuffle(b.person.code));
          expect(accountSource(shuffled)).toEqual(source);
          const active = given.filter(([, , state]) => state === 'active');
          if (active.length === 0) return expect(source).toBeUndefined();
          expect(source!.study!.group).toBe(`g${Math.max(...active.map(([code]) => code))}`);
          expect(source!.person.lastname).toBe(`N${Math.max(...active.map(([, revision]) => revision))}`);
        },
      ),
    );
  });
  it('fails by contract where the human is not named', () => {
    const { person } = student('1', 1);
    expect(personKey('student', person)).toEqual({ key: '1' });
    expect(personKey('individual', person)).toMatchObject({ failure: { kind: 'contract' } });
    expect(personKey('individual', { ...person, individual: 'H1' })).toEqual({ key: 'H1' });
  });
});
