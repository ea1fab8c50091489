import fc from 'fast-check';
import type { ToldAccount } from '#contracts';
import { isWritable, madeAndChanged, writeEnterprise } from '#ims-enterprise';
import { importAsMoodle, MoodleSite, plainText, readAll, settingsAtFirst } from '#ims-enterprise/testing';
import { membershipsOf, personOf, type RoleToWrite } from './records.js';

const zone = 'Europe/Moscow';
const seconds = (iso: string): number => Date.parse(iso) / 1_000;
const role = (given: Partial<RoleToWrite> = {}): RoleToWrite => ({
  ...{ idnumber: '1', course: '17', roleId: 1, active: true, begin: 0, end: 0, group: null },
  ...given,
});

async function fileOf(accounts: readonly ToldAccount[], enrolments: readonly RoleToWrite[][]): Promise<string> {
  const lines: string[] = [];
  const written = writeEnterprise({
    groups: [],
    persons: accounts.flatMap((account) => madeAndChanged(personOf(account))),
    memberships: enrolments.flatMap((roles) => membershipsOf(roles, zone)),
  });
  for await (const line of written) lines.push(line);
  return lines.join('');
}

/** Whatever stands in a name: the form of the file must hold. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'<>&\'"]/ё \n'), minLength: 1, maxLength: 12 }),
    fc.constantFrom('</given></n>', '<person>', ']]>', '&amp;', '<!-- a -->', "O'Brien & Co", '$&', '\\1', '</person>'),
  )
  .filter((text) => plainText(text) !== '');
const exact = fc
  .oneof(fc.stringMatching(/^0{0,3}[0-9]{1,9}$/), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .filter((text) => isWritable(text) && text.trim() !== '' && !/[,#]/.test(text));

const university = fc
  .record({
    people: fc.uniqueArray(fc.record({ idnumber: exact, lastname: hostile, firstname: hostile, city: hostile }), {
      selector: ({ idnumber }) => idnumber,
      minLength: 1,
      maxLength: 5,
    }),
    courses: fc.uniqueArray(exact, { minLength: 1, maxLength: 4 }),
    group: fc.option(hostile, { nil: null }),
    choices: fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.constantFrom(1, 2, 8), fc.boolean()), { maxLength: 12 }),
  })
  .map(({ people, courses, group, choices }) => {
    const accounts = people.map((person, index): ToldAccount => ({
      ...person,
      ...{ username: `u${index}`, auth: 'manual', email: `u${index}@example.edu`, country: 'RU' },
    }));
    const roles = new Map<string, RoleToWrite>();
    for (const [who, where, roleId, active] of choices) {
      const [person, course] = [accounts[who], courses[where]];
      if (!person || course === undefined) continue;
      roles.set(
        JSON.stringify([who, where, roleId]),
        role({ idnumber: person.idnumber, course, roleId, active, group }),
      );
    }
    return { accounts, courses, roles: [...roles.values()] };
  });

/** As the file is ordered: by course, then by person. */
function byEnrolment(roles: readonly RoleToWrite[]): RoleToWrite[][] {
  const enrolments = new Map<string, RoleToWrite[]>();
  for (const each of roles) {
    const key = JSON.stringify([each.course, each.idnumber]);
    enrolments.set(key, [...(enrolments.get(key) ?? []), each]);
  }
  return [...enrolments.values()];
}

const listed = { ...settingsAtFirst, createnewusers: true, imsupdateusers: true, imsunenrol: true };
const roleOf: Record<number, string> = { 1: 'student', 2: 'editingteacher', 8: 'teacher' };

/** Who is to be in which course, and as what. */
const wanted = (roles: readonly RoleToWrite[]) =>
  byEnrolment(roles)
    .map((each) => each.filter(({ active }) => active))
    .filter((each) => each.length > 0)
    .map((each) => ({
      ...{ course: each[0]!.course, idnumber: each[0]!.idnumber },
      roles: each.map(({ roleId }) => roleOf[roleId]).sort(),
      groups: each[0]!.group === null ? [] : [plainText(each[0]!.group)],
    }))
    .sort(byPlace);
const byPlace = (a: { course: string; idnumber: string }, b: { course: string; idnumber: string }): number =>
  JSON.stringify([a.course, a.idnumber]) < JSON.stringify([b.course, b.idnumber]) ? -1 : 1;

const standing = (site: MoodleSite) =>
  [...site.courses]
    .flatMap(([course, all]) => [...all].map(([idnumber, { roles, groups }]) => ({ course, idnumber, roles, groups })))
    .sort(byPlace);

test('of any state Moodle makes the accounts and enrolments that are wanted, with the listed settings', async () => {
  await fc.assert(
    fc.asyncProperty(university, async ({ accounts, courses, roles }) => {
      const file = await fileOf(accounts, byEnrolment(roles));
      const site = new MoodleSite(courses, listed);
      site.take(file);
      site.take(file);
      expect(standing(site)).toEqual(wanted(roles));
      expect(site.users).toEqual(
        accounts.map(({ lastname, firstname, city, ...rest }) => ({
          ...rest,
          ...{ lastname: plainText(lastname), firstname: plainText(firstname), city: plainText(city!) },
        })),
      );
      const members = (await readAll(file)).filter(({ kind }) => kind === 'membership');
      expect(members).toHaveLength(importAsMoodle(file).members.length);
    }),
    { numRuns: 150 },
  );
});

test('a later state takes the place of an earlier one, but for roles beside others, which stay', async () => {
  await fc.assert(
    fc.asyncProperty(university, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (state, holds) => {
      const site = new MoodleSite(state.courses, listed);
      site.take(await fileOf(state.accounts, byEnrolment(state.roles)));
      const later = state.roles.map((each, index) => ({ ...each, active: holds[index]! }));
      site.take(await fileOf(state.accounts, byEnrolment(later)));
      const places = (all: readonly { course: string; idnumber: string }[]) =>
        all.map(({ course, idnumber }) => [course, idnumber]);
      expect(places(standing(site))).toEqual(places(wanted(later)));
      for (const one of wanted(later))
        expect(standing(site).find((each) => byPlace(each, one) !== -1 && byPlace(one, each) !== -1)!.roles).toEqual(
          expect.arrayContaining(one.roles),
        );
    }),
    { numRuns: 100 },
  );
});

test('with the settings as Moodle comes nobody is made, changed or unenrolled: who is there is enrolled', async () => {
  const account = (idnumber: string): ToldAccount => ({
    ...{
      idnumber,
      username: `u${idnumber}`,
      auth: 'manual',
      lastname: 'Новая',
      firstname: 'А',
      email: 'a@example.edu',
    },
  });
  const site = new MoodleSite(['17'], settingsAtFirst);
  site.users.push({ idnumber: '1', username: 'u1', lastname: 'Старая' });
  site.take(await fileOf([account('1'), account('2')], [[role()], [role({ idnumber: '2' })]]));
  expect(site.users).toEqual([{ idnumber: '1', username: 'u1', lastname: 'Старая' }]);
  expect([...site.courses.get('17')!.keys()]).toEqual(['1']);
  site.take(await fileOf([account('1')], [[role({ active: false })]]));
  expect([...site.courses.get('17')!.keys()]).toEqual(['1']);
});

test('a suspension by a file is for ever; one that unenrols is not', async () => {
  for (const [unenrolaction, suspended] of [
    ['suspend', true],
    ['unenrol', false],
  ] as const) {
    const site = new MoodleSite(['17'], { ...listed, unenrolaction });
    site.users.push({ idnumber: '1', username: 'u1' });
    for (const active of [true, false, true]) site.take(await fileOf([], [[role({ active })]]));
    expect(site.courses.get('17')!.get('1')).toMatchObject({ suspended });
  }
});

test.each([
  ['a moment within a day ends with it', '2026-06-30T12:00:00+03:00', '2026-07-01'],
  ['the last second too', '2026-06-30T23:59:59+03:00', '2026-07-01'],
  ['midnight is the importer’s own moment', '2026-07-01T00:00:00+03:00', '2026-07-01'],
  ['the zone decides', '2026-06-30T21:30:00Z', '2026-07-02'],
])('%s', async (_, end, day) => {
  const [member] = importAsMoodle(
    await fileOf([], [[role({ begin: seconds('2025-09-01T00:00:00+03:00'), end: seconds(end) })]]),
  ).members;
  expect(member).toMatchObject({ begin: '2025-09-01', end: day });
});

test('a role that ends beside another is passed over: its end would be the end of the enrolment', () => {
  const written = membershipsOf([role(), role({ roleId: 8, active: false })], zone);
  expect(written.map(({ role: type, active }) => [type, active])).toEqual([['01', true]]);
  const over = membershipsOf([role({ active: false }), role({ roleId: 8, active: false })], zone);
  expect(over.map(({ role: type, active, recstatus }) => [type, active, recstatus])).toEqual([['01', false, 3]]);
});
