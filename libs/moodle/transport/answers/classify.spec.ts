import { readFileSync } from 'node:fs';
import type { SynchronizationError } from '#contracts';
import { MoodleOutage, MoodleRefusal } from '../../errors.js';
import { readAnswer } from './answer.js';
import { classify, isUnknownRecord } from './classify.js';

interface Recorded {
  when: string;
  call: string;
  status: number;
  headers: Record<string, string>;
  answer?: unknown;
  body?: string;
}
const contract = new URL('../../../../sandbox/moodle/contract/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, contract), 'utf8'));

/** Where the recording only describes an answer (`60 items of ...`), a list stands for it. */
const textOf = (answer: unknown): string => JSON.stringify(typeof answer === 'string' ? [] : answer);

/** Kind and cause of an answer; `ok` where it is no failure. */
function verdict({ call, status, headers, answer, body }: Recorded): string {
  const { location, 'retry-after': retryAfter } = headers;
  try {
    const read = readAnswer({
      status,
      body: body ?? textOf(answer),
      ...(location && { location }),
      ...(retryAfter && { retryAfter }),
    });
    if (!('exception' in read)) return 'ok';
    const error = classify(read.exception, call);
    return error instanceof MoodleRefusal ? `refused ${error.errorcode}` : tell(error);
  } catch (error) {
    return tell(error as SynchronizationError);
  }
}
const tell = ({ failure }: SynchronizationError): string =>
  [failure.kind, failure.cause, failure.about].filter(Boolean).join(' ');

const expected: [when: RegExp, call: RegExp, verdict: string][] = [
  [/^REST protocol switched off|^web services switched off/, /./, 'configuration web-services-off'],
  [/^maintenance mode \(set in the pages\)/, /./, 'outage moodle-maintenance'],
  [/^maintenance mode \(set by command line\)/, /./, 'outage moodle-maintenance'],
  [/^an upgrade is running/, /./, 'outage moodle-upgrade'],
  [/^the address differs/, /./, 'configuration wrong-address'],
  [/^JSON body|^token expired, second/, /./, 'configuration token-invalid'],
  [/^service account suspended/, /./, 'configuration service-account wsaccessusersuspended'],
  [
    /^external service disabled|^token bound|^token expired, first|rest:use missing/,
    /./,
    'configuration access-refused',
  ],
  [/user:create missing/, /./, 'configuration capability-missing moodle/user:create'],
  [/user:update missing/, /./, 'configuration capability-missing moodle/user:update'],
  [/manual:enrol missing/, /./, 'configuration capability-missing enrol/manual:enrol'],
  [/manual:unenrol missing/, /./, 'configuration capability-missing enrol/manual:unenrol'],
  [/course:managegroups missing/, /./, 'configuration capability-missing moodle/course:managegroups'],
  [/cohort:manage missing/, /./, 'configuration capability-missing moodle/cohort:manage'],
  [/course:enrolreview missing/, /./, 'configuration capability-missing moodle/course:enrolreview'],
  [/course:view missing/, /manual_enrol/, 'refused requireloginerror'],
  [/course:view missing/, /get_enrolled/, 'refused errorcoursecontextnotvalid'],
  [/role:assign missing|role may not assign/, /./, 'configuration role-not-assignable 5'],
  [/without a manual|plugin disabled/, /./, 'refused wsnoinstance'],
  [/viewhiddencourses missing/, /./, 'refused requireloginerror'],
  [/^an account /, /./, 'refused invalidresponse'],
  [/400 enrolments.*LAST/, /./, 'configuration token-invalid'],
];

const { faults } = read('faults.json') as { faults: Recorded[] };

test('all recorded faults are there', () => expect(faults).toHaveLength(48));

test.each(faults.map((fault) => [`${fault.when}: ${fault.call}`, fault] as const))('%s', (_, fault) => {
  const rule = expected.find(([when, call]) => when.test(fault.when) && call.test(fault.call));
  expect(verdict(fault)).toBe(rule?.[2] ?? 'ok');
});

test('every exception a healthy Moodle was seen to throw is a refusal, a setting, or passing', () => {
  const { scenarios } = read('scenarios.json') as { scenarios: { steps: Recorded[] }[] };
  const seen = new Set(scenarios.flatMap(({ steps }) => steps).map((step) => verdict({ ...step, headers: {} })));
  expect([...seen].sort()).toEqual([
    'configuration access-refused',
    'configuration function-missing no_such_function',
    'configuration password-policy',
    'configuration role-not-assignable 1',
    'configuration role-not-assignable 999',
    'configuration token-invalid',
    'ok',
    'refused codingerror',
    'refused courseidnumbertaken',
    'refused errorcatcontextnotvalid',
    'refused errorcoursecontextnotvalid',
    'refused idnumbertaken',
    'refused invalidparameter',
    'refused invalidrecord',
    'refused invalidresponse',
    'refused invaliduser',
    'refused php-error',
    'refused shortnametaken',
    'refused userdeleted',
    'temporary database-conflict',
  ]);
});

test.each([
  ['4.1 names its classes without a namespace', 'required_capability_exception', 'nopermissions'],
  ['4.5 with one', 'core\\exception\\required_capability_exception', 'nopermissions'],
])('%s', (_, exception, errorcode) => {
  const body = JSON.stringify({ exception, errorcode, message: 'Извините, у Вас нет прав (Создавать пользователей).' });
  const call = 'core_user_create_users';
  expect(verdict({ when: '', call, status: 200, headers: {}, body })).toBe(
    'configuration capability-missing moodle/user:create',
  );
});

test.each([
  ['empty', 200, '', 'outage moodle-answer-empty'],
  ['a page', 200, '<html><body>Log in</body></html>', 'outage moodle-answer-html'],
  ['a page with script', 200, '<html><script>var x = {"a":1};</script></html>', 'outage moodle-answer-html'],
  ['fatal error', 500, '', 'outage moodle-server-fault 500'],
  ['a text in quotes', 200, '"hello"', 'outage moodle-answer-html'],
  ['XML', 200, '<?xml version="1.0"?><EXCEPTION class="x"/>', 'outage moodle-answer-html'],
  ['BOM before JSON', 200, '\uFEFF[]', 'ok'],
  ['a notice before the list', 200, '<br />\n<b>Notice</b>: x[0] {y} in <b>p.php</b><br />\n[{"id":1}]', 'ok'],
  ['a notice before null', 200, '<b>Notice</b>: oops<br />\nnull', 'ok'],
  [
    'a verdict with status 500',
    500,
    '{"exception":"x","errorcode":"sitemaintenance","message":""}',
    'outage moodle-maintenance',
  ],
])('%s', (_, status, body, told) => {
  expect(verdict({ when: '', call: 'x', status, headers: {}, body })).toBe(told);
});

test('a proxy’s 504 says that PHP may still be at work', () => {
  expect.assertions(1);
  try {
    readAnswer({ status: 504, body: '<html>Gateway Time-out</html>' });
  } catch (error) {
    expect((error as MoodleOutage).timedOut).toBe(true);
  }
});

test('personal data of a message goes no further', () => {
  const error = classify(
    {
      errorcode: '<b>Ivanov</b> taken',
      exceptionClass: 'moodle_exception',
      message: 'Username already exists: ivanov',
    },
    'core_user_create_users',
  );
  expect(JSON.stringify(error) + error.message).not.toMatch(/ivanov/i);
});

test.each([
  ['sitemaintenance', 'moodle_exception', '', 'outage moodle-maintenance'],
  ['upgraderunning', 'moodle_exception', '', 'outage moodle-upgrade'],
  ['restrictedcontextexception', 'restricted_context_exception', '', 'configuration access-refused'],
  ['servicenotavailable', 'moodle_exception', '', 'configuration access-refused'],
  ['nopermissions', 'moodle_exception', '(Create users)', 'configuration capability-missing moodle/user:create'],
  ['other', 'required_capability_exception', '(Create users)', 'configuration capability-missing moodle/user:create'],
  ['wsusercannotassign', 'moodle_exception', 'no (7)', 'configuration role-not-assignable 7'],
  ['wsusercannotassign', 'moodle_exception', 'no', 'configuration role-not-assignable ?'],
  ['invalidrecord', 'dml_missing_record_exception', 'external_functions', 'configuration function-missing x'],
  ['invalidrecord', 'dml_missing_record_exception', 'course', 'refused invalidrecord'],
  ['invalidrecordunknown', 'dml_missing_record_exception', 'external_functions', 'configuration function-missing x'],
  ['other', 'dml_missing_record_exception', 'external_functions', 'refused other'],
  ['dmlwriteexception', 'dml_write_exception', '', 'temporary database-conflict'],
  ['xdmlwriteexception', 'dml_write_exception', '', 'refused xdmlwriteexception'],
  ['dmlwriteexceptionx', 'dml_write_exception', '', 'refused dmlwriteexceptionx'],
])('%s, %s, %j', (errorcode, exceptionClass, message, told) => {
  const error = classify({ errorcode, exceptionClass, message }, 'x');
  expect(error instanceof MoodleRefusal ? `refused ${error.errorcode}` : tell(error)).toBe(told);
  // nothing of the call is at work any more
  if (error instanceof MoodleOutage) expect(error.timedOut).toBe(false);
});

test('what is not there is called in two ways', () => {
  expect(['invalidrecord', 'invalidrecordunknown', 'invaliduser'].map(isUnknownRecord)).toEqual([true, true, false]);
});
