import fc from 'fast-check';
import { createSandboxMoodle, type SandboxMoodle } from './server.js';
import { call, errorcodeOf, form, records } from './testing/form.js';

let sandbox: SandboxMoodle;
beforeAll(async () => {
  sandbox = await createSandboxMoodle({ courses: 1 });
  for (let i = 0; i < 500; i++) {
    sandbox.state.users.insert({ id: 100 + i, username: `u${i}`, firstname: 'F', lastname: 'L', email: `u${i}@e.org` });
  }
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.mend();
  for (const enrolment of [...sandbox.state.enrolments.inCourse(2)])
    sandbox.state.enrolments.remove(2, enrolment.userid);
});

const enrolments = (count: number) =>
  records(
    'enrolments',
    Array.from({ length: count }, (_, i) => ({ roleid: 5, userid: 100 + i, courseid: 2 })),
  );

async function tokenFirst(pairs: [string, string][]): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/webservice/rest/server.php?moodlewsrestformat=json`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form([['wstoken', 'sandbox'], ['wsfunction', 'enrol_manual_enrol_users'], ...pairs]),
  });
  return response.json();
}

describe('max_input_vars', () => {
  it('loses records without a word, or refuses the batch, or changes nothing: by where the cut falls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 3, max: 300 }), async (count, limit) => {
        for (const held of [...sandbox.state.enrolments.inCourse(2)]) sandbox.state.enrolments.remove(2, held.userid);
        sandbox.switches.maxInputVars = limit;
        const answer = await tokenFirst(enrolments(count));
        const kept = Math.min(count * 3, limit + 1 - 2);
        const stored = sandbox.state.enrolments.countInCourse(2);
        if (kept % 3 === 0) {
          expect(answer).toBeNull();
          expect(stored).toBe(kept / 3);
        } else {
          expect(answer).toMatchObject({ errorcode: 'invalidparameter' });
          expect(stored).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('with the token last a cut call is invalidtoken and stores nothing', async () => {
    sandbox.switches.maxInputVars = 1000;
    expect(errorcodeOf(await call(sandbox, 'enrol_manual_enrol_users', enrolments(334)))).toBe('invalidtoken');
    expect(sandbox.state.enrolments.countInCourse(2)).toBe(0);
    expect((await call(sandbox, 'enrol_manual_enrol_users', enrolments(333))).json).toBeNull();
    expect(sandbox.state.enrolments.countInCourse(2)).toBe(333);
  });

  it('answers a cut call in XML where the format stood in the body', async () => {
    sandbox.switches.maxInputVars = 10;
    const { text } = await call(
      sandbox,
      'enrol_manual_enrol_users',
      [...enrolments(20), ['moodlewsrestformat', 'json']],
      '',
    );
    expect(text).toContain('<ERRORCODE>invalidtoken</ERRORCODE>');
  });

  it('takes a body over post_max_size for an empty one', async () => {
    sandbox.switches.postMaxBytes = 1000;
    expect(errorcodeOf(await call(sandbox, 'enrol_manual_enrol_users', enrolments(50)))).toBe('invalidtoken');
  });
});
