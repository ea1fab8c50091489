import { describe, expect, it } from '@jest/globals';
import type { EnterpriseRecord } from '../model.js';
import { importAsMoodle, readAll, theGuidesExample } from '../testing/index.js';
import { ended, endAfter, madeAndChanged } from './for-moodle.js';
import { NotWritableError } from './text.js';
import { writeEnterprise, type Enterprise, type WrittenMembership, type WrittenPerson } from './write.js';

async function fileOf(some: Partial<Enterprise>): Promise<string> {
  const lines: string[] = [];
  for await (const line of writeEnterprise({ groups: [], persons: [], memberships: [], ...some })) lines.push(line);
  return lines.join('');
}
const sourcedid = (id: string) => ({ source: '1C', id });
const person = (fields: Partial<WrittenPerson> = {}): WrittenPerson => ({
  ...{ sourcedid: sourcedid('P1'), userids: [{ userid: 'p1' }], name: { family: 'Ёлкина', given: 'Анна' }, ...fields },
});
const membership = (fields: Partial<WrittenMembership> = {}): WrittenMembership => ({
  ...{ group: sourcedid('C1'), member: sourcedid('P1'), role: '01', active: true, ...fields },
});
const ofKind = <K extends EnterpriseRecord['kind']>(records: EnterpriseRecord[], kind: K) =>
  records.filter((one): one is Extract<EnterpriseRecord, { kind: K }> => one.kind === kind);

describe('a file for Moodle', () => {
  it("the guide's example, read and written back, is the same to a reader of XML and to the importer", async () => {
    const records = await readAll(theGuidesExample);
    const written = await fileOf({
      groups: ofKind(records, 'group'),
      persons: ofKind(records, 'person'),
      memberships: ofKind(records, 'membership'),
    });
    const same = (all: EnterpriseRecord[]): object[] => all.map((one) => ({ ...one, line: 0 }));
    expect(same(await readAll(written))).toEqual(same(records));
    expect(importAsMoodle(written)).toEqual(importAsMoodle(theGuidesExample));
    expect(importAsMoodle(written)).toMatchObject({
      groups: [{ id: 'MOODLE101', short: 'Moodle 101' }],
      persons: [{ idnumber: 'xymoodle', username: 'xymoodle', firstname: 'Y', lastname: 'X' }],
      members: [{ course: 'MOODLE101', idnumber: 'xymoodle', roletype: '01', enrol: true, group: 'unit 2' }],
    });
  });

  it('has every element on a line of its own, in the order of the importer', async () => {
    const file = await fileOf({
      properties: { targets: ['moodle'] },
      groups: [{ sourcedid: sourcedid('C1'), short: 'О&О <1>', recstatus: 1 }],
      persons: [person({ userids: [{ userid: 'p1', authentication: 'ldap' }], email: 'p1@example.edu' })],
      memberships: [membership({ timeframe: { end: { date: '2026-07-01', restrict: true } }, cohort: 'G-1' })],
    });
    expect(file).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<enterprise>',
        '<properties><target>moodle</target></properties>',
        '<group recstatus="1"><sourcedid><source>1C</source><id>C1</id></sourcedid><description><short>О＆О ‹1></short></description></group>',
        '<person><sourcedid><source>1C</source><id>P1</id></sourcedid><userid authenticationtype="ldap">p1</userid><name><n><family>Ёлкина</family><given>Анна</given></n></name><email>p1@example.edu</email></person>',
        '<membership><sourcedid><source>1C</source><id>C1</id></sourcedid>',
        '<member><sourcedid><source>1C</source><id>P1</id></sourcedid><idtype>1</idtype><role roletype="01"><status>1</status><timeframe><end restrict="1">2026-07-01</end></timeframe><extension><cohort>G-1</cohort></extension></role></member>',
        '</membership>',
        '</enterprise>',
        '',
      ].join('\n'),
    );
    expect(importAsMoodle(file).order).toEqual(['properties', 'group', 'person', 'membership']);
  });

  it('a course of many members is several memberships, none too long for the importer', async () => {
    const file = await fileOf({ memberships: Array.from({ length: 250 }, () => membership()) });
    expect(file.match(/<membership>/g)).toHaveLength(3);
    expect(importAsMoodle(file).members).toHaveLength(250);
    expect(await readAll(file)).toHaveLength(250);
  });

  it('two roles of one person are two members', async () => {
    const file = await fileOf({ memberships: [membership(), membership({ role: '08' })] });
    expect(importAsMoodle(file).members.map(({ roletype }) => roletype)).toEqual(['01', '08']);
  });

  it('what is to be is said twice, to make and to change; the end of a role in the form of removals', async () => {
    const file = await fileOf({ persons: madeAndChanged(person()), memberships: [ended(membership({ cohort: 'G' }))] });
    expect(importAsMoodle(file).persons.map(({ recstatus }) => recstatus)).toEqual([1, 2]);
    expect(importAsMoodle(file).members).toEqual([expect.objectContaining({ roletype: '01', enrol: false })]);
    expect(file).toContain('<role roletype="01" recstatus="3"><status>0</status></role>');
  });

  it.each([
    ['2026-06-30', '2026-07-01'],
    ['2027-12-31', '2028-01-01'],
    ['2028-02-28', '2028-02-29'],
  ])('the last day %s ends with %s', (last, end) => expect(endAfter(last)).toBe(end));

  it('a country that is no pair of letters is left out, and of a moment its day is written', async () => {
    const file = await fileOf({
      persons: [person({ address: { country: 'Russia', locality: 'Москва' } })],
      memberships: [membership({ timeframe: { begin: { date: '2025-09-01T08:00:00', restrict: true } } })],
    });
    expect(file).not.toContain('country');
    expect(importAsMoodle(file).members[0]!.begin).toBe('2025-09-01');
  });

  it.each<[string, Partial<WrittenPerson>]>([
    ['a code', { sourcedid: sourcedid('P&1') }],
    ['a code with a blank too many', { sourcedid: sourcedid('P  1') }],
    ['a code with NUL', { sourcedid: sourcedid('P\u00001') }],
    ['a login', { userids: [{ userid: '<p1' }] }],
    ['an address', { email: 'a&b@example.edu' }],
    ['a kind of sign-in', { userids: [{ userid: 'p1', authentication: 'ldap" password="p' }] }],
  ])('%s that the importer cannot read is refused, not bent', async (_, fields) => {
    await expect(fileOf({ persons: [person(fields)] })).rejects.toThrow(NotWritableError);
  });
});

describe('the importer of the tests fails where the real one does', () => {
  const one = '<person><sourcedid><id>P1</id></sourcedid><userid>p1</userid></person>';
  const inCourse = (member: string): string => `<membership><sourcedid><id>C1</id></sourcedid>${member}</membership>`;
  const member = '<member><sourcedid><id>P1</id></sourcedid><role roletype="01"><status>1</status></role></member>';
  it.each([
    ['imports a person commented out', `<!-- ${one} -->`, { persons: [{ idnumber: 'P1' }] }],
    ['keeps CDATA', one.replace('p1<', '<![CDATA[p1]]><'), { persons: [{ username: '<![CDATA[p1]]>' }] }],
    ['keeps entities', one.replace('p1<', 'p&amp;1<'), { persons: [{ username: 'p&amp;1' }] }],
    [
      'finds no code in a sourcedid with an attribute',
      one.replace('<sourcedid', '<sourcedid a="1"'),
      { persons: [{ username: 'p1' }] },
    ],
    ['does not see a member with an attribute', inCourse(member.replace('<member', '<member a="1"')), { members: [] }],
    [
      'finds no role type behind another attribute',
      inCourse(member.replace('<role', '<role a="1"')),
      { members: [{ idnumber: 'P1', roletype: undefined }] },
    ],
    [
      'takes a missing status for a wish to unenrol',
      inCourse(member.replace('<status>1</status>', '')),
      { members: [{ enrol: false }] },
    ],
    ['never ends an element with a blank in its end', one.replace('</person>', '</person >'), { persons: [] }],
  ])('%s', (_, inside, expected) => {
    expect(importAsMoodle(`<enterprise>\n${inside}\n</enterprise>\n`)).toMatchObject(expected);
  });

  it('works through a line by kind, whatever its order', () => {
    const file = `<enterprise>${inCourse(member)}${one}<properties><target>x</target></properties></enterprise>`;
    expect(importAsMoodle(file).order).toEqual(['person', 'membership', 'properties']);
  });
});
