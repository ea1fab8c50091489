import fc from 'fast-check';
import { processorTime } from '../testing/processor-time.js';
import { line, nameLogs } from './log.js';

const at = new Date('2026-09-01T10:00:00Z');
const fieldsOf = (fields: Record<string, unknown>, message = 'x'): Record<string, unknown> =>
  JSON.parse(line('info', 'Test', message, fields, at)) as Record<string, unknown>;

test('one line: time, level, service, context, message, fields', () => {
  nameLogs('course-enroller');
  expect(line('warn', 'Publisher', 'unroutable', { queue: 'q', attempt: 2 }, at)).toBe(
    '{"time":"2026-09-01T10:00:00.000Z","level":"warn","service":"course-enroller","context":"Publisher",' +
      '"message":"unroutable","queue":"q","attempt":2}',
  );
});

test('an error keeps name, message, stack, causes; not what a driver hung on it', () => {
  class SystemAway extends Error {
    override name = 'SystemAway';
  }
  const driver = Object.assign(new Error('duplicate key value violates unique constraint "account_username"'), {
    code: '23505',
    detail: 'Key (username)=(ivanov.i) already exists.',
    parameters: ['ivanov.i'],
  });
  const { error } = fieldsOf({ error: new SystemAway('no answer', { cause: driver }) });
  expect(error).toMatchObject({
    name: 'SystemAway',
    message: 'no answer',
    stack: expect.stringContaining('log.spec'),
    cause: { code: '23505', message: 'duplicate key value violates unique constraint "account_username"' },
  });
  expect(JSON.stringify(error)).not.toContain('ivanov');
});

test('a data error of PostgreSQL quotes the value: emptied, in the stack too', () => {
  const error = Object.assign(new Error('invalid input syntax for type bigint: "Иванов"'), { code: '22P02' });
  expect(JSON.stringify(fieldsOf({ error }))).not.toContain('Иванов');
});

test.each<[string, unknown]>([
  ['a person', { person: { code: '000000017', lastname: 'Иванов', firstname: 'Иван', middlename: 'Петрович' } }],
  ['an account', { accounts: [{ username: 'Иванов', email: 'x', fullname: 'Иванов', password: 'Иванов' }] }],
  ['secrets', { wstoken: 'Иванов', passwordFile: 'Иванов', authorization: 'Иванов', cookie: 'Иванов' }],
  ['a map', new Map([['email', 'Иванов']])],
  ['an address with credentials', 'failed at postgres://itk:Иванов@db:5432/itk'],
  ['an address with a short password', 'amqp://:Иванов@mq'],
  ['a call', 'POST /webservice/rest/server.php?wstoken=Иванов&x=1'],
  ['an e-mail address in a text', 'taken: Иванов@example.edu'],
  ['an error about an e-mail address', new Error('taken: Иванов@example.edu')],
])('personal data and secrets stay out: %s', (_what, value) => {
  const text = line('info', 'Test', typeof value === 'string' ? value : 'x', { value }, at);
  expect(text).not.toContain('Иванов');
  expect(text).toContain('***');
});

test('what is not personal stays', () => {
  const fields = { code: '000000017', system: 'lms', courses: [1, 2], queue: 'a.b', name_of: null, at, big: 5n };
  expect(fieldsOf(fields)).toMatchObject({
    code: '000000017',
    system: 'lms',
    courses: [1, 2],
    queue: 'a.b',
    at: at.toISOString(),
    big: '5',
  });
});

test('whatever the fields: one line of JSON, and the head is ours', () => {
  const ring: Record<string, unknown> = {};
  ring.ring = ring;
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withMap: true, withSet: true })),
      (fields) => {
        const text = line('info', 'Test', 'a\nb', { ...fields, ring, level: 'none', time: 0 }, at);
        expect(text).not.toContain('\n');
        expect(JSON.parse(text)).toMatchObject({ level: 'info', time: at.toISOString(), message: 'a\nb' });
      },
    ),
  );
});

test.each<[string, string]>([
  ['letters', 'я'.repeat(2_000_000)],
  ['schemes', 'a://b:'.repeat(400_000)],
  ['dots', 'a.'.repeat(1_000_000)],
  ['words', 'слово '.repeat(400_000)],
])('two megabytes of %s without @ are a line within a moment, and a short one', (_what, text) => {
  let said = '';
  const spent = processorTime(() => {
    said = line('warn', 'Test', text, { text, error: new Error(text), list: [text, { text }] }, at);
  });
  expect(spent).toBeLessThan(1_000);
  expect(said.length).toBeLessThan(100_000);
  expect(said).toContain(`(${text.length} characters)`);
});

test('what a cut falls on is no half address', () => {
  const text = `${'x '.repeat(4_090)}Иванов.Иван@students.example.edu`;
  expect(JSON.stringify(fieldsOf({ text }))).not.toContain('Иванов');
});
