import { momentOf, offerOf, type KnownPerson } from './content.js';

const rules = {
  ...{ system: 'lms', zone: 'Europe/Moscow', per: 'student' as const },
  roles: { '01': 'student', '02': 'editingteacher', '03': 'editingteacher' },
};
const person = (more: Partial<KnownPerson> = {}): KnownPerson => ({
  ...{ code: '7', data: { family: 'A', given: 'B' }, gone: false, memberships: [], groups: {} },
  ...more,
});
const contentOf = (known: KnownPerson, by = rules) => {
  const offer = offerOf(known, by);
  if (offer.kind !== 'student') throw new Error(offer.where);
  return offer.content;
};
const hash = (known: KnownPerson): string => offerOf(known, rules).hash;
const member = (course: string, role: string, data = {}) => ({ course, role, data });

test('a day begins at its first moment where the university is, and ends with its last', () => {
  expect(momentOf('2026-09-01', 'begin', 'Europe/Moscow')).toBe(Date.UTC(2026, 7, 31, 21) / 1000);
  expect(momentOf('2026-09-01', 'end', 'Europe/Moscow')).toBe(Date.UTC(2026, 8, 1, 21) / 1000);
  // the night in which the clocks are set back has 25 hours
  expect(momentOf('2026-10-25', 'end', 'Europe/Budapest')! - momentOf('2026-10-25', 'begin', 'Europe/Budapest')!).toBe(
    25 * 3_600,
  );
  expect(momentOf('2026-09-01T10:30:00', 'end', 'Europe/Moscow')).toBe(Date.UTC(2026, 8, 1, 7, 30) / 1000);
  expect(momentOf('2026-09-01T10:30:00Z', 'begin', 'Europe/Moscow')).toBe(Date.UTC(2026, 8, 1, 10, 30) / 1000);
});

test('a role type that is not listed enrols nobody; two that are one in Moodle hold as long as either', () => {
  const memberships = [
    member('C', '02', { begin: '2026-09-02', end: '2026-10-01' }),
    member('C', '03', { begin: '2026-09-01', end: '2026-09-15', cohort: 'g' }),
    member('C', '05'),
  ];
  const { courses } = contentOf(person({ memberships }));
  expect(courses).toEqual([
    {
      ...{ idnumber: 'C', role: 'editingteacher', group: 'g' },
      begin: momentOf('2026-09-01', 'begin', rules.zone),
      end: momentOf('2026-10-01', 'end', rules.zone),
    },
  ]);
  // one without dates holds for ever
  expect(contentOf(person({ memberships: [...memberships, member('C', '02')] })).courses[0]).not.toHaveProperty('end');
});

test('only a course of which a file has told may be made, by its longest name', () => {
  const memberships = [member('C', '01'), member('D', '01')];
  expect(contentOf(person({ memberships, groups: { C: { short: 's', full: 'f' } } })).courses).toEqual([
    { idnumber: 'C', role: 'student', create: { fullname: 'f' } },
    { idnumber: 'D', role: 'student' },
  ]);
});

test('whoever is gone wants nothing; who has but one name has it as the last one', () => {
  expect(contentOf(person({ gone: true, memberships: [member('C', '01')] }))).toMatchObject({
    ...{ state: 'withdrawn', courses: [] },
  });
  expect(contentOf(person({ data: { full: 'Madonna' } })).person).toMatchObject({ lastname: 'Madonna', firstname: '' });
  expect(contentOf(person(), { ...rules, per: 'individual' as never }).person.individual).toBe('7');
});

test('the order of roles and the name of a course are no news; a date, a group, a login are', () => {
  const [c, d] = [member('C', '01'), member('D', '01')];
  const one = person({ memberships: [c, d], groups: { C: { short: 'x' } } });
  expect(hash({ ...one, memberships: [d, c], groups: { C: { short: 'y' } } })).toBe(hash(one));
  const others: KnownPerson[] = [
    { ...one, groups: {} },
    { ...one, memberships: [c] },
    { ...one, memberships: [c, member('D', '01', { end: '2026-09-01' })] },
    { ...one, memberships: [c, member('D', '01', { cohort: 'g' })] },
    { ...one, data: { ...one.data, userid: 'ab' } },
    { ...one, data: { ...one.data, email: 'a@b.c' } },
    { ...one, gone: true },
  ];
  expect(new Set([one, ...others].map(hash)).size).toBe(others.length + 1);
});

test('what breaks the contract is no event, and says where', () => {
  expect(offerOf(person({ code: 'a,b' }), rules)).toMatchObject({
    ...{ kind: 'unusable', where: expect.stringMatching(/^person\.code: /) },
  });
});
