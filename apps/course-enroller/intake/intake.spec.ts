import fc from 'fast-check';
import { siblingsMoved, studyOf, takeIn, type Message } from './intake.js';
import type { Study } from './study.js';
import { provisioned, study } from '../testing/studies.js';

const keyOf = (person: { code: string }) => person.code;
const known = (...studies: Study[]) => new Map(studies.map((each) => [each.code, each]));
const take = (messages: (Message | undefined)[], ...studies: Study[]) => takeIn(messages, known(...studies), keyOf);
const userProvisioned = (given: Parameters<typeof provisioned>[0]) => ({
  provisioned: provisioned({ user: 11, ...given }),
});
const applied = (revision: number, more: Partial<Study> = {}) =>
  study({ seen: revision, applied: revision, appliedUserId: 11, ...more });

describe('a batch held against the ledger', () => {
  it('below seen is superseded, equal and made true is repeated, the rest is work', () => {
    expect(take([userProvisioned({ revision: 4 })], applied(5)).intakes).toEqual([{ kind: 'superseded' }]);
    expect(take([userProvisioned({ revision: 5 })], applied(5)).intakes).toEqual([{ kind: 'repeat', code: '1' }]);
    expect(take([userProvisioned({ revision: 5 })], study({ seen: 5, applied: 4 })).intakes).toEqual([
      { kind: 'work', code: '1' },
    ]);
    expect(take([userProvisioned({ revision: 6 })], applied(5)).intakes).toEqual([{ kind: 'work', code: '1' }]);
  });

  it('the same revision for another account is work', () => {
    expect(take([userProvisioned({ revision: 5, user: 12 })], applied(5)).intakes).toEqual([
      { kind: 'work', code: '1' },
    ]);
  });

  it('a message that still names the account that went missing does not bring it back', () => {
    const asked = study({ seen: 5, moodleUserId: 11, missingAsked: 5, missingAskedBy: 'x', missingUserId: 11 });
    const { changed, intakes } = take(
      [userProvisioned({ revision: 5, user: 12 }), userProvisioned({ revision: 5, user: 11 })],
      asked,
    );
    expect(changed.get('1')!.moodleUserId).toBe(12);
    expect(intakes).toEqual([{ kind: 'covered' }, { kind: 'work', code: '1' }]);
    const found = { ...asked, moodleUserId: 12, applied: 5, appliedUserId: 12 };
    expect(take([userProvisioned({ revision: 5, user: 11 })], found).intakes).toEqual([{ kind: 'repeat', code: '1' }]);
    expect(take([userProvisioned({ revision: 6, user: 11 })], found).changed.get('1')!.moodleUserId).toBe(11);
    expect(take([userProvisioned({ revision: 5, user: 13 })], found).changed.get('1')!.moodleUserId).toBe(13);
    // Asked for an older revision: what is said of this one may be the truth.
    const askedBefore = { ...found, missingAsked: 4 };
    expect(take([userProvisioned({ revision: 5, user: 11 })], askedBefore).changed.get('1')!.moodleUserId).toBe(11);
  });

  it('of one student the newest counts, whatever the order', () => {
    const { intakes, changed } = take([
      userProvisioned({ revision: 7 }),
      userProvisioned({ revision: 6 }),
      userProvisioned({ revision: 8 }),
    ]);
    expect(intakes).toEqual([{ kind: 'superseded' }, { kind: 'superseded' }, { kind: 'work', code: '1' }]);
    expect(changed.get('1')!.seen).toBe(8);
  });

  it('a UserProvisioned at work covers EnrolmentDue; one that only repeats does not', () => {
    expect(take([{ due: '1' }, userProvisioned({ revision: 6 })], applied(5)).intakes).toEqual([
      { kind: 'covered' },
      { kind: 'work', code: '1' },
    ]);
    expect(take([userProvisioned({ revision: 5 }), { due: '1' }, { due: '1' }], applied(5)).intakes).toEqual([
      { kind: 'repeat', code: '1' },
      { kind: 'work', code: '1' },
      { kind: 'covered' },
    ]);
  });

  it('EnrolmentDue of nobody known, or of one withdrawn without an account, concerns nobody', () => {
    expect(take([{ due: '1' }]).intakes).toEqual([{ kind: 'covered' }]);
    const withdrawn = applied(5, { active: false, moodleUserId: undefined });
    expect(take([{ due: '1' }], withdrawn).intakes).toEqual([{ kind: 'covered' }]);
  });

  it('EnrolmentDue of one withdrawn is worked on: a suspension that was held may be released', () => {
    expect(take([{ due: '1' }], applied(5, { active: false })).intakes).toEqual([{ kind: 'work', code: '1' }]);
  });

  it('remembers that the account was made for this revision, and no longer', () => {
    const before = study({ seen: 5, accountCreated: true });
    expect(take([userProvisioned({ revision: 5 })], before).changed.get('1')!.accountCreated).toBe(true);
    expect(take([userProvisioned({ revision: 6 })], before).changed.get('1')!.accountCreated).toBe(false);
  });

  it('has for every code at work exactly one message that answers for it', () => {
    const code = fc.constantFrom('1', '2', '3');
    const message = fc.oneof(
      fc.record({ code, revision: fc.integer({ min: 1, max: 4 }) }).map(userProvisioned),
      code.map((due): Message => ({ due })),
      fc.constant(undefined),
    );
    const studies = fc.array(fc.record({ code, seen: fc.integer({ min: 1, max: 4 }), done: fc.boolean() }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), studies, (messages, before) => {
        const all = before.map(({ code: own, seen, done }) =>
          study({ code: own, seen, ...(done && { applied: seen, appliedUserId: 11 }) }),
        );
        const { intakes, work, changed } = take(messages, ...all);
        expect(intakes.length).toBe(messages.length);
        const answering = intakes.flatMap((intake) => (intake.kind === 'work' ? [intake.code] : []));
        expect(answering.sort()).toEqual([...work].sort());
        for (const own of ['1', '2', '3']) {
          const revisions = messages.flatMap((each) =>
            each && 'provisioned' in each && each.provisioned.person.code === own ? [each.provisioned.revision] : [],
          );
          const was = known(...all).get(own)?.seen ?? 0;
          const newest = Math.max(was, ...revisions);
          expect((changed.get(own) ?? known(...all).get(own))?.seen ?? 0).toBe(newest);
        }
      }),
    );
  });
});

describe('a study', () => {
  it('is what the event tells of it', () => {
    const told = provisioned({
      user: 11,
      group: 'A',
      semester: 3,
      curriculum: 'D',
      courses: [2],
      revision: 7,
      sequence: 4,
    });
    expect(studyOf(told, undefined, () => 'P')).toEqual({
      ...{ code: '1', personKey: 'P', origin: 'onec', active: true, moodleUserId: 11, accountCreated: false },
      ...{ group: 'A', curriculum: 'D', semester: 3, courses: [{ id: 2, role: 'student' }] },
      ...{ bindingSequence: 4, seen: 7 },
    });
  });

  it('of which nothing is told but a withdrawal wants no group', () => {
    const { study: _, ...told } = provisioned({ state: 'withdrawn' });
    expect(studyOf(told, undefined, keyOf)).toMatchObject({ active: false, group: '', moodleUserId: undefined });
    expect(studyOf(told, undefined, keyOf).curriculum).toBeUndefined();
  });

  it('goes with its human to the account that was found for another one', () => {
    const found = study({ code: '1', personKey: 'P', moodleUserId: 12 });
    const sibling = study({ code: '2', personKey: 'P', moodleUserId: 11 });
    const stranger = study({ code: '3', personKey: 'Q', moodleUserId: 11 });
    expect(siblingsMoved(known(found), known(found, sibling, stranger))).toEqual(
      known({ ...sibling, moodleUserId: 12 }),
    );
    const withdrawn = { ...found, moodleUserId: undefined };
    expect(siblingsMoved(known(withdrawn), known(withdrawn, sibling)).size).toBe(0);
  });
});
