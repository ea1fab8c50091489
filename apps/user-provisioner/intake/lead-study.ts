import type { StudentChanged } from '#contracts';

/**
 * Whose data an account shows when one human has several studies: of the active ones the study with the greatest code
 * (codes grow: it is the latest begun), with the name as it was last read, in whichever study. So the outcome depends on
 * the studies alone and not on the order in which their messages came.
 * Undefined when no study is active: then no account is made, and one that stands is left as it is.
 */
export function accountSource(studies: readonly StudentChanged[]): StudentChanged | undefined {
  const active = studies.filter((study) => study.state === 'active');
  const lead = best(active, (a, b) => compare(a.person.code, b.person.code));
  const newest = best(active, (a, b) => a.revision - b.revision || compare(a.person.code, b.person.code));
  if (lead === undefined || newest === undefined) return undefined;
  const { lastname, firstname, middlename } = newest.person;
  return { ...lead, person: { ...lead.person, lastname, firstname, middlename } };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const best = <T>(items: readonly T[], order: (a: T, b: T) => number): T | undefined =>
  items.reduce<T | undefined>((so, item) => (so === undefined || order(item, so) > 0 ? item : so), undefined);
