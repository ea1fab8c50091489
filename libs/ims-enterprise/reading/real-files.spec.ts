import { describe, expect, it } from '@jest/globals';
import { readAll, theGuidesExample } from '../testing/index.js';

const membership = (inside: string): string =>
  `<membership><sourcedid><source>S</source><id>C1</id></sourcedid>${inside}</membership>`;
const member = (id: string, role: string, attributes = ''): string =>
  `<member ${attributes}><sourcedid><source>S</source><id>${id}</id></sourcedid><idtype>1</idtype>${role}</member>`;
const enterprise = (inside: string): string => `<enterprise>${inside}</enterprise>`;

describe('files as real systems send them', () => {
  it("the guide's example", async () => {
    const group = { source: 'MyDataSystem', id: 'MOODLE101' };
    const person = { source: 'MyDataSystem', id: 'xymoodle' };
    expect(await readAll(theGuidesExample)).toEqual([
      { kind: 'group', line: 2, sourcedid: group, types: [], short: 'Moodle 101', relationships: [] },
      {
        ...{ kind: 'person', line: 12, sourcedid: person, otherIds: [], userids: [{ userid: 'xymoodle' }] },
        name: { full: 'X Y', family: 'X', given: 'Y' },
        ...{ phones: [], institutionroles: [], extension: {} },
      },
      {
        ...{ kind: 'membership', line: 37, group, member: person, memberKind: 'person' },
        ...{ role: '01', active: true, cohort: 'unit 2' },
      },
    ]);
  });

  it('windows-1251, on one line, with CDATA and attributes that nobody asked for', async () => {
    const text =
      '<?xml version="1.0" encoding="windows-1251"?><enterprise a="1"><person b="2" recstatus=\'2\'>' +
      '<sourcedid sourcedidtype="New"><source/><id>000012345</id></sourcedid><userid x="y"> login </userid>' +
      '<name><fn><![CDATA[Ёлкина & Анна]]></fn><n><family>Ёлкина</family><given/></n></name><email/></person></enterprise>';
    // windows-1251 puts the Russian letters in a row, Ё apart
    const bytes = Buffer.from(
      [...text].map((letter) => {
        const number = letter.charCodeAt(0);
        if (letter === 'Ё') return 0xa8;
        return number < 128 ? number : number - 0x410 + 0xc0;
      }),
    );
    expect(await readAll(bytes)).toEqual([
      expect.objectContaining({
        ...{ recstatus: 2, sourcedid: { source: '', id: '000012345' }, userids: [{ userid: 'login' }] },
        name: { full: 'Ёлкина & Анна', family: 'Ёлкина' },
      }),
    ]);
  });

  it('members before persons, repeated persons, comments in between, several memberships of one course', async () => {
    const role = '<role roletype="01"><status>1</status></role>';
    const person = '<person><sourcedid><id>P1</id></sourcedid></person>';
    const records = await readAll(
      enterprise(
        `<comments>first <b>of</b> all</comments>${membership(`<comments/>${member('P1', role)}`)}` +
          `${person}<comments/>${person}${membership(member('P2', role) + member('P1', role.replace('01', '02')))}`,
      ),
    );
    expect(records.map((one) => (one.kind === 'membership' ? `${one.member.id} ${one.role}` : one.kind))).toEqual([
      'P1 01',
      'person',
      'person',
      'P2 01',
      'P1 02',
    ]);
  });

  it('recstatus wherever it stands: the role says it before the member, the member before the membership', async () => {
    const role = (attributes: string): string => `<role ${attributes}><status>1</status></role>`;
    const records = await readAll(
      enterprise(
        membership(
          member('P1', role('recstatus="1" roletype="01"') + role('roletype="02"'), 'recstatus="3"') +
            member('P2', role('roletype="01"')),
        ).replace('<membership>', '<membership recstatus="2">'),
      ),
    );
    expect(records).toEqual([
      expect.objectContaining({ recstatus: 1, active: true }),
      expect.objectContaining({ recstatus: 3, active: false }),
      expect.objectContaining({ recstatus: 2, active: true }),
    ]);
  });

  it('names in capitals, roles by name, the role type as an element', async () => {
    const records = await readAll(
      `<ENTERPRISE><MEMBERSHIP><SOURCEDID><ID>C1</ID></SOURCEDID><MEMBER><SOURCEDID><ID>P1</ID></SOURCEDID>` +
        `<ROLE ROLETYPE="Teaching Assistant"><STATUS>Active</STATUS></ROLE>` +
        `<role><roletype>3</roletype><status>inactive</status></role></MEMBER></MEMBERSHIP></ENTERPRISE>`,
    );
    expect(records).toEqual([
      expect.objectContaining({ role: '08', active: true }),
      expect.objectContaining({ role: '03', active: false }),
    ]);
  });

  it('elements of other namespaces are not those of the format', async () => {
    const records = await readAll(
      `<enterprise xmlns="urn:ims" xmlns:x="urn:x"><person><sourcedid><id>P1</id></sourcedid>` +
        `<x:email>no@example.org</x:email><extension><x:snils>1</x:snils><cohort>2</cohort></extension></person></enterprise>`,
    );
    expect(records).toEqual([expect.objectContaining({ extension: { cohort: '2' } })]);
    expect(records[0]).not.toHaveProperty('email');
  });

  it('a course of a hundred thousand members is one membership and as many records', async () => {
    const one = member('P1', '<role roletype="01"><status>1</status></role>');
    expect(await readAll(enterprise(membership(one.repeat(10_000))))).toHaveLength(10_000);
  });
});

describe('a damaged record', () => {
  const sound = '<person><sourcedid><id>P9</id></sourcedid></person>';
  const role = '<role roletype="01"><status>1</status></role>';
  it.each([
    ['no-id', '<person><name/></person>', undefined],
    ['no-id', '<group><sourcedid><source>S</source><id> </id></sourcedid></group>', undefined],
    ['no-id', '<person><sourcedid sourcedidtype="Old"><id>P0</id></sourcedid></person>', 'P0'],
    ['long-code', `<person><sourcedid><id>${'1'.repeat(256)}</id></sourcedid></person>`, undefined],
    ['bad-recstatus', '<person recstatus="4"><sourcedid><id>P1</id></sourcedid></person>', 'P1'],
    ['no-role', membership(member('P1', '')), 'P1'],
    ['bad-roletype', membership(member('P1', '<role roletype="09"><status>1</status></role>')), 'P1'],
    ['bad-status', membership(member('P1', '<role roletype="01"/>')), 'P1'],
    ['bad-status', membership(member('P1', '<role roletype="01"><status>yes</status></role>')), 'P1'],
    ['bad-idtype', membership(member('P1', role).replace('<idtype>1', '<idtype>3')), 'P1'],
    ['no-member', membership(''), undefined],
    ['no-group', `<membership>${member('P1', role)}</membership>`, 'P1'],
    ['no-id', `<membership><sourcedid/><member/></membership>`, undefined],
    ['unknown-element', '<student/>', undefined],
    ['too-large', `<person><sourcedid><id>P1</id></sourcedid>${'<tel>1</tel>'.repeat(5_000)}</person>`, 'P1'],
    ['too-large', `<person><sourcedid><id>P1</id></sourcedid><fn>${'1'.repeat(500_001)}</fn></person>`, 'P1'],
    ...['2024-02-30', '01.09.2024', '2024-09-01 12:00', '2024-9-1'].map((date): [string, string, string] => [
      'bad-date',
      membership(member('P1', role.replace('</role>', `<timeframe><end>${date}</end></timeframe></role>`))),
      'P1',
    ]),
  ])('%s: is reported with its line, and the next one is read', async (cause, damaged, id) => {
    const records = await readAll(enterprise(`\n\n${damaged}${sound}`));
    expect(records[0]).toMatchObject({ kind: 'problem', line: 3, cause, ...(id && { id }) });
    expect(Object.hasOwn(records[0]!, 'id')).toBe(id !== undefined);
    expect(records.at(-1)).toMatchObject({ kind: 'person', sourcedid: { id: 'P9' } });
  });

  it('a damaged role leaves the others of the same member', async () => {
    const records = await readAll(enterprise(membership(member('P1', `<role/>${role}`))));
    expect(records.map(({ kind }) => kind)).toEqual(['problem', 'membership']);
  });
});
