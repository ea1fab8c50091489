import fc from 'fast-check';
import { claimOf, grantsOf, identityOf } from './claims.js';
import { ownPath } from './own-path.js';

const names = {
  ...{ login: 'preferred_username', surname: 'family_name', firstname: 'given_name', middlename: 'middle_name' },
  roles: 'realm_access.roles',
};
const roles = [
  { value: 'ops', role: 'operator' as const, systems: ['lms'] },
  { value: 'ops-msf', role: 'operator' as const, systems: ['msf'] },
  { value: 'all-ops', role: 'operator' as const },
  { value: 'look', role: 'viewer' as const },
];
const identity = (claims: Record<string, unknown>) => identityOf({ sub: '1', ...claims }, { claims: names, roles });

test('surname and initials, a login in small letters, roles out of a nested claim', () => {
  expect(
    identity({
      ...{ preferred_username: ' Petrov@Example.EDU ', family_name: 'Петров', given_name: 'пётр' },
      ...{ middle_name: 'Петрович', realm_access: { roles: ['look', 'other'] } },
    }),
  ).toEqual({ subject: '1', login: 'petrov@example.edu', name: 'Петров П. П.', grants: [{ role: 'viewer' }] });
});

test('without a surname the whole name, without that the login; marks that show nothing are gone', () => {
  const login = { preferred_username: 'a' };
  expect(identity({ ...login, name: 'Ада\u202E Л.' })?.name).toBe('Ада Л.');
  expect(identity({ ...login, given_name: 'Ада' })?.name).toBe('a');
  expect(identity({ ...login, family_name: 'Ли', given_name: '𝒜da' })?.name).toBe('Ли 𝒜.');
  expect(identity({ ...login, family_name: 'x'.repeat(300) })?.name).toHaveLength(100);
});

test.each([[undefined], [''], ['a b'], ['-a'], [7], ['x'.repeat(65)]])('the login %p is none', (preferred_username) =>
  expect(identity({ preferred_username })).toBeUndefined(),
);

test('nobody without a subject', () =>
  expect(identityOf({ sub: '', preferred_username: 'a' }, { claims: names, roles })).toBeUndefined());

test('grants of several values: one role for the systems of all, or for all systems', () => {
  expect(grantsOf(['ops', 'ops-msf'], roles)).toEqual([{ role: 'operator', systems: ['lms', 'msf'] }]);
  for (const values of [
    ['ops', 'all-ops'],
    ['all-ops', 'ops'],
  ])
    expect(grantsOf(values, roles)).toEqual([{ role: 'operator' }]);
  expect(grantsOf('look', roles)).toEqual([{ role: 'viewer' }]);
  for (const none of [undefined, null, [], ['OPS'], 'ops ', { ops: true }, [['ops']]])
    expect(grantsOf(none, roles)).toEqual([]);
});

test('a claim by its whole name first, then along the dots; never out of what every object has', () => {
  expect(claimOf({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
  expect(claimOf({ a: { b: { c: 3 } } }, 'a.b.c')).toBe(3);
  for (const name of ['toString', 'a.constructor', 'a.b.c.d', 'x.y']) expect(claimOf({ a: {} }, name)).toBeUndefined();
});

test('one comes back to a page of our own and nowhere else', () => {
  for (const own of ['/', '/failures?after=1#x', '/students/%2F1', '/apis']) expect(ownPath(own)).toBe(own);
  for (const other of [
    ...[undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'failures'],
    ...['/api', '/api/openid/start', '/welcome#token', '/sign-in?to=/', `/${'a'.repeat(2_000)}`, '/..//evil.example'],
  ])
    expect([other, ownPath(other)]).toEqual([other, '/']);
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.webPath()), (to) => {
      const { origin, pathname } = new URL(ownPath(to), 'https://itk.example');
      return origin === 'https://itk.example' && !pathname.startsWith('/api/');
    }),
  );
});
