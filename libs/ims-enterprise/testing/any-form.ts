import type { Group, Membership, Person, Properties, Sourcedid, Timeframe } from '../model.js';

/** An element before it is written: attributes and children, or a text. */
export interface Node {
  name: string;
  attributes: Record<string, string | undefined>;
  content: string | Node[];
}

type Attributes = Node['attributes'];
const node = (name: string, content: string | (Node | undefined)[], attributes: Attributes = {}): Node => ({
  name,
  attributes,
  content: typeof content === 'string' ? content : content.filter((one) => one !== undefined),
});
const maybe = (name: string, text: string | undefined, attributes?: Attributes): Node | undefined =>
  text === undefined ? undefined : node(name, text, attributes);

const sourcedid = ({ source, id }: Sourcedid, type?: string): Node =>
  node('sourcedid', [node('source', source), node('id', id)], { sourcedidtype: type });
const timeframe = (said: Timeframe | undefined): Node | undefined =>
  said &&
  node(
    'timeframe',
    (['begin', 'end'] as const).map((name) => {
      const moment = said[name];
      return moment && node(name, moment.date, { restrict: moment.restrict ? '1' : '0' });
    }),
  );
const recstatus = (said: { recstatus?: number }): Attributes => ({ recstatus: said.recstatus?.toString() });

export const propertiesNode = ({ datasource, targets, type, datetime }: Properties): Node =>
  node('properties', [
    maybe('datasource', datasource),
    ...targets.map((target) => node('target', target)),
    maybe('type', type),
    maybe('datetime', datetime),
  ]);

export const groupNode = (group: Group): Node =>
  node(
    'group',
    [
      sourcedid(group.sourcedid),
      ...group.types.map(({ scheme, value, level }) =>
        node('grouptype', [maybe('scheme', scheme), node('typevalue', value, { level })]),
      ),
      node('description', [maybe('short', group.short), maybe('long', group.long), maybe('full', group.full)]),
      group.org &&
        node('org', [maybe('orgname', group.org.name), ...group.org.units.map((unit) => node('orgunit', unit))]),
      timeframe(group.timeframe),
      ...group.relationships.map((one) =>
        node('relationship', [sourcedid(one.sourcedid), maybe('label', one.label)], { relation: one.relation }),
      ),
    ],
    recstatus(group),
  );

export const personNode = (person: Person): Node =>
  node(
    'person',
    [
      ...person.otherIds.map((one) => sourcedid(one, 'Old')),
      sourcedid(person.sourcedid),
      ...person.userids.map(({ userid, type, authentication }) =>
        node('userid', userid, { useridtype: type, authenticationtype: authentication, password: 'secret' }),
      ),
      node('name', [
        maybe('fn', person.name.full),
        node('n', [
          maybe('family', person.name.family),
          maybe('given', person.name.given),
          maybe('other', person.name.other),
        ]),
      ]),
      node('demographics', [node('gender', '2')]),
      maybe('email', person.email),
      ...person.phones.map(({ number, type }) => node('tel', number, { teltype: type })),
      person.address &&
        node('adr', [
          ...person.address.streets.map((street) => node('street', street)),
          maybe('locality', person.address.locality),
          maybe('region', person.address.region),
          maybe('pcode', person.address.postcode),
          maybe('country', person.address.country),
        ]),
      person.photo && node('photo', [node('extref', person.photo.reference)], { imgtype: person.photo.type }),
      person.systemrole === undefined ? undefined : node('systemrole', '', { systemroletype: person.systemrole }),
      ...person.institutionroles.map(({ role, primary }) =>
        node('institutionrole', '', { primaryrole: primary ? 'Yes' : 'No', institutionroletype: role }),
      ),
      node(
        'extension',
        Object.entries(person.extension).map(([name, text]) => node(name, text)),
      ),
    ],
    recstatus(person),
  );

export const membershipNode = (one: Membership): Node =>
  node('membership', [
    sourcedid(one.group),
    node('member', [
      sourcedid(one.member),
      node('idtype', one.memberKind === 'person' ? '1' : '2'),
      node(
        'role',
        [
          maybe('subrole', one.subrole),
          node('status', one.active ? '1' : '0'),
          maybe('userid', one.userid),
          timeframe(one.timeframe),
          maybe('cohort', one.cohort) && node('extension', [node('cohort', one.cohort!)]),
        ],
        { roletype: one.role, ...recstatus(one) },
      ),
    ]),
  ]);

/** Takes a number below `below`, at random. */
export type Pick = (below: number) => number;

const blanks = ['', '', ' ', '\n', '\r\n\t', '\n    '];
const reference = (letter: string): string => `&#x${letter.codePointAt(0)!.toString(16)};`;
const escaped = (text: string): string => text.replace(/[&<>"']/g, reference);

/** The same, in any form that XML allows. */
export function anyForm(root: Node, pick: Pick): string {
  const one = <T>(of: readonly T[]): T => of[pick(of.length)]!;
  const prefix = one(['', '', 'ims:']);
  const namespace = prefix ? { 'xmlns:ims': 'http://www.imsproject.org/xsd/ims_ep_rootv1p01' } : {};
  const between = (): string => one(blanks) + one(['', '', '', '<!-- <person> -->', '<?pi one?>']) + one(blanks);
  const spoken = (text: string): string =>
    one([
      () => escaped(text),
      () => (text === '' || text.includes(']]>') ? escaped(text) : `<![CDATA[${text}]]>`),
      () => [...text].map((letter) => (pick(3) === 0 ? reference(letter) : escaped(letter))).join(''),
      () =>
        text
          .split(' ')
          .map(escaped)
          .join(one([' ', '\n  ', '\t'])),
    ])();
  const attribute = ([name, value]: [string, string]): string => {
    const quote = one(['"', "'"]);
    return `${one([' ', '\n', '  '])}${name}${one(['=', ' = '])}${quote}${escaped(value)}${quote}`;
  };
  const shuffled = <T>(list: T[]): T[] => {
    const rest = [...list];
    return list.map(() => rest.splice(pick(rest.length), 1)[0]!);
  };
  const write = ({ name, attributes, content }: Node, more = {}): string => {
    const given = Object.entries({ ...attributes, ...more }).filter(([, value]) => value !== undefined);
    const tag = `${prefix}${name}${shuffled(given as [string, string][])
      .map(attribute)
      .join('')}${one(['', ' '])}`;
    if (content.length === 0 && pick(2) === 0) return `<${tag}/>`;
    const inside =
      typeof content === 'string'
        ? one(blanks) + spoken(content) + one(blanks)
        : between() + content.map((inner) => write(inner) + between()).join('');
    return `<${tag}>${inside}</${prefix}${name}${one(['', ' '])}>`;
  };
  return one(['', '<!DOCTYPE enterprise SYSTEM "ims_epv1p1.dtd">\n']) + write(root, namespace) + one(blanks);
}
