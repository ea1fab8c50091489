import { roletypes, type Membership, type Roletype, type Sourcedid } from '../../model.js';
import { all, child, codeIn, given, textOf, words, type Element } from '../element.js';
import { fault } from '../faults.js';
import { recstatusOf, sourcedidOf, timeframeOf } from './fields.js';

/** Names that the format's earlier version and Moodle's importer take in place of the numbers. */
const names = [
  ...['learner', 'instructor', 'contentdeveloper', 'member', 'manager', 'mentor', 'administrator'],
  'teachingassistant',
];

/** As an attribute; some systems write an element. */
function roletypeOf(role: Element): Roletype {
  const said = words(role.attributes.roletype) ?? textOf(role, 'roletype') ?? '';
  const index = /^0?[1-8]$/.test(said) ? Number(said) - 1 : names.indexOf(said.replace(/\s/g, '').toLowerCase());
  const roletype = roletypes[index];
  if (roletype === undefined)
    throw fault('bad-roletype', 'roletype может быть от 01 до 08', 'roletype may be 01 to 08');
  return roletype;
}

/** What a missing status means, nobody has said: whoever is not to lose a course must not be guessed at. */
function activeIn(role: Element): boolean {
  const said = textOf(role, 'status')?.toLowerCase() ?? '';
  if (said === '1' || said === 'active') return true;
  if (said === '0' || said === 'inactive') return false;
  throw fault('bad-status', 'у роли нет status 1 или 0', 'a role has no status 1 or 0');
}

function kindOf(member: Element): Membership['memberKind'] {
  const said = textOf(member, 'idtype')?.toLowerCase() ?? '1';
  if (said === '1' || said === 'person') return 'person';
  if (said === '2' || said === 'group') return 'group';
  throw fault('bad-idtype', 'idtype может быть 1 или 2', 'idtype may be 1 or 2');
}

/** Each role of a `<member>` by a call of its own: a damaged one leaves the others. */
export function rolesOf(member: Element): Element[] {
  const roles = all(member, 'role');
  if (roles.length === 0) throw fault('no-role', 'у члена группы нет роли', 'a member without a role');
  return roles;
}

export function membershipOf(membership: Element, group: Sourcedid, member: Element, role: Element): Membership {
  const recstatus = recstatusOf(role, member, membership);
  const extension = child(role, 'extension') ?? child(member, 'extension');
  return given<Membership>({
    kind: 'membership',
    line: role.line,
    group,
    member: sourcedidOf(member),
    memberKind: kindOf(member),
    role: roletypeOf(role),
    recstatus,
    active: recstatus === 3 ? false : activeIn(role),
    subrole: textOf(role, 'subrole'),
    userid: codeIn(child(role, 'userid')),
    timeframe: timeframeOf(role),
    cohort: textOf(extension, 'cohort'),
  });
}
