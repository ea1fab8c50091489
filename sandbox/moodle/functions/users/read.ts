import { clean, type ParamKind } from '../../protocol/cleaning.js';
import { codingError, invalidParameter, invalidResponse, moodleError } from '../../protocol/errors.js';
import { list, structure, text } from '../../protocol/parameters.js';
import { type CallOptions, type Site, webServiceFunction } from '../../site.js';
import type { User } from '../../store/users.js';
import { isPoison, userDetails, type UserDetails } from './details.js';

const kinds: Readonly<Record<string, ParamKind | 'int'>> = {
  id: 'int',
  idnumber: 'raw',
  username: 'username',
  email: 'email',
};

export const getUsersByField = webServiceFunction(
  'core_user_get_users_by_field',
  structure({ field: text('alpha'), values: list(text('raw')) }),
  (site, { field, values }, call) => {
    const kind = kinds[field];
    if (!kind) throw codingError('invalid field parameter');
    for (const value of values) {
      const fits = kind === 'int' ? /^\s*[+-]?\d+\s*$/.test(value) : clean(kind, value, site.switches) === value;
      if (!fits) throw invalidParameter(`The field '${field}' value is invalid: ${value}`);
    }
    const found = new Set<User>();
    for (const value of values) for (const user of matching(site, field, value)) found.add(user);
    const sorted = [...found].sort((a, b) => a.id - b.id);
    return visible(site, sorted, call, (details) => details[field] !== undefined && details[field] !== '');
  },
);

function matching(site: Site, field: string, value: string): readonly User[] {
  const { users } = site.state;
  if (field === 'idnumber') return users.withIdnumber(value);
  if (field === 'email') return users.withEmail(value);
  const one = field === 'id' ? users.get(Number(value)) : users.withUsername(value);
  return one ? [one] : [];
}

/** Without the right to see somebody there is no refusal: the record is simply not there. */
function visible(site: Site, found: readonly User[], call: CallOptions, keep: (details: UserDetails) => boolean) {
  if (!site.can('moodle/user:viewdetails')) return [];
  const answer: UserDetails[] = [];
  for (const user of found) {
    const details = userDetails(site, user, call);
    if (!keep(details)) continue;
    if (isPoison(site, user)) throw invalidResponse('users => username');
    answer.push(details);
  }
  return answer;
}

const searchable = ['id', 'lastname', 'firstname', 'idnumber', 'username', 'email', 'auth'] as const;
type Searchable = (typeof searchable)[number];

/** An unknown key is passed over with a warning, and so widens the search. */
export const getUsers = webServiceFunction(
  'core_user_get_users',
  structure({ criteria: list(structure({ key: text('alphaExt'), value: text('raw') })) }),
  (site, { criteria }, call) => {
    const warnings: object[] = [];
    const wanted = new Map<Searchable, string>();
    for (const { key, value } of criteria) {
      if (!searchable.includes(key as Searchable)) {
        warnings.push({
          item: key,
          warningcode: 'invalidfieldparameter',
          message: `The search key '${key}' is not supported, look at the web service documentation`,
        });
        continue;
      }
      if (wanted.has(key as Searchable)) throw moodleError('keyalreadyset', 'The key was already set');
      wanted.set(key as Searchable, value);
    }
    const tests = [...wanted].map(([key, value]) => testOf(key, value));
    const found = [...candidates(site, wanted)].filter((user) => !user.deleted && tests.every((test) => test(user)));
    found.sort((a, b) => a.id - b.id);
    const users = visible(site, found, call, (details) =>
      [...wanted.keys()].every((key) => details[key] !== undefined),
    );
    return { users, warnings };
  },
);

function candidates(site: Site, wanted: ReadonlyMap<Searchable, string>): Iterable<User> {
  const { users } = site.state;
  const email = wanted.get('email');
  if (email !== undefined && !/[%_\\]/.test(email)) return users.emailHolders(email);
  const username = wanted.get('username');
  if (username !== undefined) return matching(site, 'username', username);
  const idnumber = wanted.get('idnumber');
  if (idnumber !== undefined) return users.withIdnumber(idnumber);
  return users.all();
}

function testOf(key: Searchable, value: string): (user: User) => boolean {
  if (key === 'lastname' || key === 'firstname' || key === 'email') {
    const like = new RegExp(
      `^${value
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.')}$`,
      'isu',
    );
    return (user) => like.test(user[key]);
  }
  return (user) => String(user[key]) === value;
}
