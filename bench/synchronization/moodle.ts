/** Of every sandbox. */
export const token = 'sandbox';

const ask = async (url: string, what: string): Promise<unknown> => (await fetch(`${url}/sandbox/${what}`)).json();

/** Calls by function. */
export type Calls = Map<string, number>;

export async function callsOf(url: string): Promise<Calls> {
  const { functions } = (await ask(url, 'counters')) as { functions: Record<string, { calls: number }> };
  return new Map(Object.entries(functions).map(([name, { calls }]) => [name, calls]));
}

export const callsSince = (before: Calls, after: Calls): Calls =>
  new Map([...after].map(([name, calls]) => [name, calls - (before.get(name) ?? 0)] as const).filter(([, n]) => n > 0));

export const total = (calls: Calls): number => [...calls.values()].reduce((sum, count) => sum + count, 0);

interface State {
  users: { id: number; username: string; lastname: string; firstname: string; deleted: boolean }[];
  enrolments: { userid: number; courseid: number; suspended: boolean }[];
}

/** Accounts with their courses, ascending, by username; the sandbox's own accounts have no course. */
export async function standing(url: string): Promise<Map<string, { names: string; courses: number[] }>> {
  const { users, enrolments } = (await ask(url, 'state')) as State;
  const byId = new Map<number, { names: string; courses: number[] }>();
  const stands = new Map<string, { names: string; courses: number[] }>();
  for (const { id, username, lastname, firstname, deleted } of users) {
    if (deleted) continue;
    const account = { names: `${lastname} ${firstname}`, courses: [] };
    byId.set(id, account);
    stands.set(username, account);
  }
  for (const { userid, courseid, suspended } of enrolments) if (!suspended) byId.get(userid)?.courses.push(courseid);
  for (const account of stands.values()) account.courses.sort((a, b) => a - b);
  return stands;
}
