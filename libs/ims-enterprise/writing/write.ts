import type { Group, Membership, Moment, Person, Properties, Recstatus, Sourcedid } from '../model.js';
import { attributeText, exactText, plainText } from './text.js';

/** What Moodle's importer reads, in the words of the reader. */
export type WrittenProperties = Pick<Properties, 'datasource' | 'targets' | 'datetime'>;
export type WrittenGroup = Pick<Group, 'sourcedid' | 'recstatus' | 'short' | 'long' | 'full' | 'org'>;
export type WrittenPerson = Pick<Person, 'sourcedid' | 'recstatus' | 'userids' | 'name' | 'email'> & {
  address?: { locality?: string; country?: string };
};
export type WrittenMembership = Pick<
  Membership,
  'group' | 'member' | 'role' | 'active' | 'recstatus' | 'timeframe' | 'cohort'
>;

/** In the importer's order: whatever is spoken of stands before. */
export interface Enterprise {
  properties?: WrittenProperties;
  groups: Iterable<WrittenGroup> | AsyncIterable<WrittenGroup>;
  persons: Iterable<WrittenPerson> | AsyncIterable<WrittenPerson>;
  memberships: Iterable<WrittenMembership> | AsyncIterable<WrittenMembership>;
}

/** The importer cuts a membership out of its file by one regular expression: a long one is beyond PCRE's patience. */
const membersOfOne = 100;

const text = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${plainText(value)}</${name}>`;
const exact = (id: string, name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${exactText(id, value)}</${name}>`;
const filled = (name: string, inside: string): string => (inside === '' ? '' : `<${name}>${inside}</${name}>`);
const recstatusOf = (recstatus: Recstatus | undefined): string =>
  recstatus === undefined ? '' : ` recstatus="${recstatus}"`;
const sourcedidOf = ({ source, id }: Sourcedid): string =>
  `<sourcedid><source>${exactText(id, source)}</source><id>${exactText(id, id)}</id></sourcedid>`;

const propertiesLine = ({ datasource, targets, datetime }: WrittenProperties): string =>
  `<properties>${text('datasource', datasource)}${targets.map((target) => text('target', target)).join('')}` +
  `${text('datetime', datetime)}</properties>\n`;

function groupLine({ sourcedid, recstatus, short, long, full, org }: WrittenGroup): string {
  const description = text('short', short) + text('long', long) + text('full', full);
  const units = org ? text('orgname', org.name) + org.units.map((unit) => text('orgunit', unit)).join('') : '';
  return (
    `<group${recstatusOf(recstatus)}>${sourcedidOf(sourcedid)}${filled('description', description)}` +
    `${filled('org', units)}</group>\n`
  );
}

/**
 * The importer finds `authenticationtype` only as the first and only attribute, and of several logins mixes the first
 * with the type of another: so one is written. A country that is no pair of letters would end its whole run.
 */
function personLine({ sourcedid, recstatus, userids, name, email, address }: WrittenPerson): string {
  const { id } = sourcedid;
  const [login] = userids;
  const type = login?.authentication && ` authenticationtype="${attributeText(id, login.authentication)}"`;
  const userid = login ? `<userid${type ?? ''}>${exactText(id, login.userid)}</userid>` : '';
  const parts = filled('n', text('family', name.family) + text('given', name.given) + text('other', name.other));
  const country = /^[A-Z]{2}$/.test(address?.country ?? '') ? address!.country : undefined;
  return (
    `<person${recstatusOf(recstatus)}>${sourcedidOf(sourcedid)}${userid}` +
    `${filled('name', text('fn', name.full) + parts)}${exact(id, 'email', email)}` +
    `${filled('adr', text('locality', address?.locality) + text('country', country))}</person>\n`
  );
}

/** The importer takes a date only beside `restrict="1"`, and a day only. */
const moment = (id: string, name: string, said: Moment | undefined): string =>
  said === undefined
    ? ''
    : `<${name} restrict="${said.restrict ? 1 : 0}">${exactText(id, said.date.slice(0, 10))}</${name}>`;

/** One role: of two roles in a member the importer reads the first. It wants `roletype` first of the attributes. */
function memberLine({ member, role, active, recstatus, timeframe, cohort }: WrittenMembership): string {
  const { id } = member;
  const times = moment(id, 'begin', timeframe?.begin) + moment(id, 'end', timeframe?.end);
  return (
    `<member>${sourcedidOf(member)}<idtype>1</idtype><role roletype="${role}"${recstatusOf(recstatus)}>` +
    `<status>${active ? 1 : 0}</status>${filled('timeframe', times)}${filled('extension', text('cohort', cohort))}` +
    `</role></member>\n`
  );
}

/**
 * A file that Moodle's `enrol_imsenterprise` reads as it is meant, and every XML reader too: it is read by regular
 * expressions there, so form matters. An element a line; neither entities nor CDATA, comments or namespaces.
 * UTF-8, line by line. Throws {@link NotWritableError}.
 */
export async function* writeEnterprise(enterprise: Enterprise): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<enterprise>\n';
  if (enterprise.properties) yield propertiesLine(enterprise.properties);
  for await (const group of enterprise.groups) yield groupLine(group);
  for await (const person of enterprise.persons) yield personLine(person);
  yield* memberships(enterprise.memberships);
  yield '</enterprise>\n';
}

async function* memberships(all: Enterprise['memberships']): AsyncGenerator<string> {
  let open: Sourcedid | undefined;
  let members = 0;
  for await (const one of all) {
    const { id, source } = one.group;
    const goesOn = open?.id === id && open.source === source && members < membersOfOne;
    const line = memberLine(one);
    if (!goesOn) {
      yield `${open ? '</membership>\n' : ''}<membership>${sourcedidOf(one.group)}\n`;
      open = one.group;
      members = 0;
    }
    members++;
    yield line;
  }
  if (open) yield '</membership>\n';
}
