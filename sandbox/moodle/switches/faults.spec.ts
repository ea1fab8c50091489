import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandboxMoodle, type SandboxMoodle } from '../server.js';
import { form } from '../testing/form.js';

interface Recorded {
  readonly when: string;
  readonly call: string;
  readonly params?: Record<string, string | number>;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly answer?: unknown;
  readonly body?: string;
  readonly stored?: number;
}

const recorded = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../contract', 'faults.json'), 'utf8')) as { faults: Recorded[] }
).faults;

const student = 8775;
const other = 8776;

/** The site as it was when the answers were recorded. */
function seed({ state }: SandboxMoodle): void {
  const person = (id: number | undefined, username: string, idnumber: string) =>
    state.users.insert({
      ...(id === undefined ? {} : { id }),
      username,
      idnumber,
      firstname: 'First',
      lastname: 'Last',
      email: `${username}@example.com`,
    });
  person(student, 'fuflbw0', 'fuflbw0');
  person(other, 'fuflbw1', 'fuflbw1');
  state.poison(person(undefined, 'p1fuflbw', 'p1fuflbw'), 'username');
  state.poison(person(undefined, 'p2fuflbw', 'p2fuflbw'), 'auth');
  state.courses.insert({ id: 214, shortname: 'fuflbwC', idnumber: 'fuflbwC' });
  state.courses.insert({ id: 215, shortname: 'fuflbwN', manual: false });
  state.courses.insert({ id: 216, shortname: 'fuflbwH', visible: false });
}

/** `when` of the recording -> what to switch. Those not named need nothing. */
const states: Record<string, (sandbox: SandboxMoodle) => void> = {
  'REST protocol switched off': ({ switches }) => void (switches.restProtocol = false),
  'web services switched off': ({ switches }) => void (switches.webServices = false),
  'maintenance mode (set in the pages)': ({ switches }) => void (switches.maintenance = 'pages'),
  'maintenance mode (set by command line)': ({ switches }) => void (switches.maintenance = 'cli'),
  'an upgrade is running': ({ switches }) => void (switches.upgradeRunning = true),
  'the address differs from wwwroot': ({ switches }) => void (switches.wwwroot = 'http://moodle.example'),
  'service account suspended': ({ switches }) => void (switches.serviceAccountSuspended = true),
  'external service disabled': ({ switches }) => void (switches.serviceEnabled = false),
  'token bound to another address': ({ switches }) => void (switches.tokenBoundElsewhere = true),
  'a second token, valid': ({ switches }) => void switches.tokens.push('second'),
  'token expired, first call': ({ switches }) => void (switches.expiredTokens = ['sandbox']),
  'the role may not assign "student"': ({ switches }) => void (switches.assignableRoles = []),
  'hidden course, capability moodle/course:viewhiddencourses missing': ({ switches }) =>
    void (switches.capabilitiesMissing = ['moodle/course:viewhiddencourses']),
  'manual enrolment plugin disabled for the site': ({ switches }) => void (switches.manualPlugin = false),
  'max_input_vars 1000, 400 enrolments of 3 values, token and function FIRST in the body': crowd,
  'max_input_vars 1000, 400 enrolments of 3 values, token and function LAST in the body': crowd,
  'max_input_vars 1000, 332 enrolments, token last': crowd,
};

function crowd({ state }: SandboxMoodle): void {
  for (let i = 0; i < 400; i++) {
    const username = `crowd${i}`;
    state.users.insert({ id: 20_000 + i, username, firstname: 'F', lastname: 'L', email: `${username}@example.com` });
  }
}

const crowdEnrolments = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, i): [string, string][] => [
    [`enrolments[${i}][roleid]`, '5'],
    [`enrolments[${i}][userid]`, String(20_000 + i)],
    [`enrolments[${i}][courseid]`, '214'],
  ]).flat();

const newUsers = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, i) =>
    Object.entries({
      username: `n${i}`,
      firstname: 'F',
      lastname: 'L',
      email: `n${i}@example.com`,
      password: 'Aa1!aaaa',
      idnumber: `n${i}`,
    }).map(([key, value]): [string, string] => [`users[${i}][${key}]`, value]),
  ).flat();

function bodyOf(one: Recorded): { body: string; type: string } {
  const type = 'application/x-www-form-urlencoded';
  const head: [string, string][] = [
    ['wstoken', one.when === 'a second token, valid' ? 'second' : 'sandbox'],
    ['wsfunction', one.call],
  ];
  if (one.when === 'JSON body instead of a form') {
    return { body: JSON.stringify(Object.fromEntries(head)), type: 'application/json' };
  }
  if (one.when === 'normal') return { body: form([...newUsers(60), ...head]), type };
  if (one.when.startsWith('max_input_vars')) {
    const records = crowdEnrolments(one.when.includes('332') ? 332 : 400);
    return { body: form(one.when.includes('FIRST') ? [...head, ...records] : [...records, ...head]), type };
  }
  const params = Object.entries(one.params ?? {}).map(([key, value]): [string, string] => [key, String(value)]);
  return { body: form([...params, ...head]), type };
}

/** Short forms of the recording, spelled out: `fields` is the number of an item's keys. */
function expectAnswer(got: unknown, one: Recorded): void {
  if (one.answer === '60 items of {id, username}') {
    const items = got as { id: number; username: string }[];
    expect(items).toHaveLength(60);
    items.forEach((item, i) => expect(item).toEqual({ id: expect.any(Number), username: `n${i}` }));
    return;
  }
  match(got, one.answer);
}

function match(got: unknown, wanted: unknown): void {
  if (wanted === '{{number}}') return expect(typeof got).toBe('number');
  if (wanted === '{{string}}') return expect(typeof got).toBe('string');
  if (Array.isArray(wanted)) {
    expect(got).toHaveLength(wanted.length);
    wanted.forEach((item, i) => match((got as unknown[])[i], item));
    return;
  }
  if (wanted === null || typeof wanted !== 'object') return expect(got).toEqual(wanted);
  expect(got).toEqual(expect.any(Object));
  const held = got as Record<string, unknown>;
  for (const [key, value] of Object.entries(wanted)) {
    if (key === 'fields') expect(Object.keys(held)).toHaveLength(value as number);
    else if (key === 'has idnumber') expect('idnumber' in held).toBe(value);
    else if (key !== '…') match(held[key], value);
  }
  if ('exception' in held) expect(wanted).toHaveProperty('exception');
}

describe('answers of a real Moodle in faulty states', () => {
  let sandbox: SandboxMoodle;
  beforeAll(async () => {
    sandbox = await createSandboxMoodle();
  });
  afterAll(() => sandbox.close());

  it('has the 48 that were recorded', () => expect(recorded).toHaveLength(48));

  it.each(recorded.map((one, place) => ({ place, when: one.when, call: one.call, one })))(
    '$place: $when, $call',
    async ({ one }) => {
      if (one.when !== 'token expired, second call') {
        sandbox.reset();
        sandbox.mend();
        seed(sandbox);
      }
      const capability = /^capability (\S+) missing$/.exec(one.when)?.[1];
      if (capability) sandbox.switches.capabilitiesMissing = [capability];
      else states[one.when]?.(sandbox);

      const { body, type } = bodyOf(one);
      const response = await fetch(`${sandbox.url}/webservice/rest/server.php?moodlewsrestformat=json`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        redirect: 'manual',
      });
      expect(response.status).toBe(one.status);
      for (const [name, value] of Object.entries(one.headers)) expect(response.headers.get(name)).toBe(value);
      const text = await response.text();
      if (one.body !== undefined) {
        if (one.body.endsWith('…')) expect(text.startsWith(one.body.slice(0, -1))).toBe(true);
        else expect(text).toBe(one.body);
        return;
      }
      expectAnswer(JSON.parse(text), one);
      if (one.stored !== undefined) expect(sandbox.state.enrolments.countInCourse(214)).toBe(one.stored);
    },
  );
});
