import type { Student } from './end-state.js';

/** Token, function and format count against PHP's limit, too. */
const header = 3;
const atOnce = 2;

interface Account {
  id: number;
  courses: readonly number[];
}

const slices = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The same work over every item, two at a time. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function call(url: string, token: string, name: string, list: string, records: object[]): Promise<unknown> {
  const form = new URLSearchParams({ wstoken: token, wsfunction: name, moodlewsrestformat: 'json' });
  for (const [index, record] of records.entries())
    for (const [field, value] of Object.entries(record)) form.append(`${list}[${index}][${field}]`, String(value));
  return (await fetch(`${url}/webservice/rest/server.php`, { method: 'POST', body: form })).json();
}

/**
 * The least that any script can do: creates the accounts and enrols them in the largest calls that PHP takes, two at a
 * time. It reads nothing, looks at no refusal, keeps no ledger, tells 1C nothing, and may run only once.
 */
export async function bareScript(
  url: string,
  token: string,
  students: ReadonlyMap<string, Student>,
  maxInputVars: number,
): Promise<void> {
  const variables = maxInputVars - header;
  const accounts: Account[] = [];
  const five = 5; // values of a record below
  await inLanes(slices([...students], Math.floor(variables / five)), async (some) => {
    const records = some.map(([code, { lastname, firstname }]) => {
      const username = code.toLowerCase();
      return { username, password: 'Initial-1', firstname, lastname, email: `${username}@students.invalid` };
    });
    const made = (await call(url, token, 'core_user_create_users', 'users', records)) as { id: number }[];
    for (const [index, { id }] of made.entries()) accounts.push({ id, courses: some[index]![1].courses });
  });
  const three = 3; // values of an enrolment
  const each = accounts[0]?.courses.length ?? 1;
  // a student in one call only: two that name the same one at the same time deadlock in Moodle
  await inLanes(slices(accounts, Math.floor(variables / three / each)), async (some) => {
    const enrolments = some.flatMap(({ id, courses }) =>
      courses.map((courseid) => ({ roleid: 5, userid: id, courseid })),
    );
    await call(url, token, 'enrol_manual_enrol_users', 'enrolments', enrolments);
  });
}
