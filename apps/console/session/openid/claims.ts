import { storable, tidyText } from '#contracts';
import type { OpenIdConfiguration } from '#platform';
import type { Grant } from '../../permissions/access.js';
import { loginSchema } from '../schemas.js';

/** Somebody as the identity provider knows them. */
export interface Identity {
  subject: string;
  login: string;
  /** Surname and initials. */
  name: string;
  /** None: the provider's values have no role here. */
  grants: Grant[];
}

export type Claims = Readonly<Record<string, unknown>>;
type Mapping = Pick<OpenIdConfiguration, 'claims' | 'roles'>;

/** A claim by its name, and where there is none of that name by the way through the parts between dots. */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  const [first, ...rest] = name.split('.');
  if (rest.length === 0 || !Object.hasOwn(claims, first!)) return undefined;
  const inner = claims[first!];
  return inner !== null && typeof inner === 'object' ? claimOf(inner as Claims, rest.join('.')) : undefined;
}

/** Is something missing that a sign-in goes by? */
export const isIncomplete = (claims: Claims, { claims: names }: Mapping): boolean =>
  [names.login, names.roles, names.surname].some((name) => claimOf(claims, name) === undefined);

/** @returns nothing where no login can be made of what the provider says */
export function identityOf(claims: Claims, { claims: names, roles }: Mapping): Identity | undefined {
  const subject = textOf(claims, 'sub');
  const login = loginSchema.safeParse(claimOf(claims, names.login));
  if (!login.success || subject === '') return undefined;
  const name = nameOf(
    textOf(claims, names.surname),
    [names.firstname, names.middlename].map((each) => textOf(claims, each)),
  );
  return {
    ...{ subject, login: login.data },
    name: (name || textOf(claims, 'name') || login.data).slice(0, 100),
    grants: grantsOf(claimOf(claims, names.roles), roles),
  };
}

function textOf(claims: Claims, name: string): string {
  const value = claimOf(claims, name);
  return typeof value === 'string' ? tidyText(storable(value)).slice(0, 255) : '';
}

const nameOf = (surname: string, others: readonly string[]): string =>
  surname &&
  [surname, ...others.filter((each) => each !== '').map((each) => `${[...each][0]!.toUpperCase()}.`)].join(' ');

/** What the values give: a role for all systems, or for those of all its values together. */
export function grantsOf(given: unknown, roles: OpenIdConfiguration['roles']): Grant[] {
  const values = new Set(Array.isArray(given) ? given : [given]);
  const granted = new Map<Grant['role'], Set<string> | 'all'>();
  for (const { value, role, systems } of roles) {
    if (!values.has(value)) continue;
    const before = granted.get(role);
    if (systems === undefined) granted.set(role, 'all');
    else if (before !== 'all') granted.set(role, new Set([...(before ?? []), ...systems]));
  }
  return [...granted].map(([role, systems]) => (systems === 'all' ? { role } : { role, systems: [...systems] }));
}
