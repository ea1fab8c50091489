import type { ConsumeMessage } from 'amqplib';
import fc from 'fast-check';
import { both } from '#contracts';
import { deathHeaders, withFailure } from '#messaging';
import { noCourse, studentChanged, userProvisioned } from '../../testing/console-setup.js';
import { fold } from '../drain/fold.js';
import { readLetter, type Letter } from './letter.js';
import { isShallow, storable } from './storable.js';

const place = { system: 'lms', service: 'course-enroller', queue: 'course-enroller.lms' };
const message = (
  body: string | Buffer,
  headers: Record<string, unknown> = {},
  properties: Record<string, unknown> = {},
): ConsumeMessage =>
  ({
    content: Buffer.from(body as string),
    fields: { routingKey: 'course-enroller.lms.dead', redelivered: false },
    properties: { headers, ...properties },
  }) as unknown as ConsumeMessage;
const read = (...given: Parameters<typeof message>): Letter => readLetter(message(...given), place, 5_000);
const event = userProvisioned('lms', '007', 100);
const time = new Date('2026-03-01T10:00:00.250Z');
const dead = (failure = noCourse(), when = time, before = {}) => ({
  ...withFailure(before, failure, when),
  ...deathHeaders(failure, 'course-enroller', 'lms.user.provisioned', when),
});

test('a letter that a service has written', () => {
  expect(read(JSON.stringify(event), dead(), { messageId: event.id })).toMatchObject({
    id: `${event.id}/course-enroller.lms`,
    code: '007',
    subject: '007',
    revision: 100,
    origin: 'onec',
    kind: 'course',
    cause: 'course-missing',
    about: '23',
    reason: { ru: 'В Moodle нет курса 23', en: 'There is no course 23 in Moodle' },
    attempts: [{ at: time.toISOString(), cause: 'course-missing' }],
    time: time.getTime(),
    tellOn: false,
  });
});

test('a letter that the broker has put there is a crash, and is told on', () => {
  const headers = { 'x-death': [{ reason: 'delivery_limit', time: { '!': 'timestamp', value: 1_700_000_000 } }] };
  expect(read(JSON.stringify(event), headers)).toMatchObject({
    kind: 'crash',
    cause: 'delivery-limit',
    time: 1_700_000_000_000,
    tellOn: true,
    attempts: [{ kind: 'crash' }],
  });
  const byConsole = { ...event, source: '/itk/console' };
  expect(read(JSON.stringify(byConsole), headers).tellOn).toBe(false);
  expect(readLetter(message(JSON.stringify(event), headers), { ...place, service: 'onec-poller' }, 1).tellOn).toBe(
    false,
  );
});

test('a broken body is told on as far as it says whose it is', () => {
  const broken = { ...event, data: { ...studentChanged('lms', '007', 100), courses: 'none' } };
  const contract = { kind: 'contract' as const, cause: 'contract-broken', reason: both('х', 'x') };
  expect(read(JSON.stringify(broken), dead(contract))).toMatchObject({ code: '007', revision: 100, tellOn: true });
  expect(read('{{{', dead(contract))).toMatchObject({ kind: 'contract', tellOn: false });
  expect(read('{{{').id).toMatch(/^[0-9a-f]{32}\/course-enroller\.lms$/);
  // The transport could read it and has told on it itself.
  expect(read(JSON.stringify(event), dead(contract)).tellOn).toBe(false);
  // Neither the broker nor a broken contract has put it aside: its service told on it.
  expect(read(JSON.stringify(broken), { 'x-itk-kind': 'course' }).tellOn).toBe(false);
});

test('the revision that only the service knew stands in the headers', () => {
  const due = { ...event, type: 'itk.enrolment.due.v1', data: { system: 'lms', code: '007' } };
  const headers = deathHeaders(noCourse(), 'course-enroller', 'x', time, 77);
  expect(read(JSON.stringify(due), headers).revision).toBe(77);
});

test('what the message carries beside its body is kept, and nothing that it does not carry', () => {
  const traceparent = `00-${'a'.repeat(32)}-b7ad6b7169203331-01`;
  const properties = { messageId: 'm', type: 't', contentType: 'c' };
  const cure = both('с', 'c');
  const headers = { ...dead({ ...noCourse(), cure }), 'x-itk-replay': 'job' };
  const letter = read(JSON.stringify({ ...event, traceparent }), headers, properties);
  expect(letter).toMatchObject({ eventType: event.type, traceId: 'a'.repeat(32), cure, replay: 'job' });
  expect(letter.message).toEqual(properties);
  const bare = read('{}');
  expect(bare.message).toEqual({});
  for (const name of ['eventType', 'subject', 'code', 'origin', 'traceId', 'cure', 'revision', 'replay'])
    expect(bare).not.toHaveProperty(name);
  expect(read('{}', {}, properties).id).toBe('m/course-enroller.lms');
});

test('a letter that nobody has marked is a broken contract without a cure, one of the broker’s a crash with one', () => {
  const [bare, crash] = [read('{}'), read('{}', { 'x-death': [{ reason: 'delivery_limit' }] })];
  expect(bare).toMatchObject({ kind: 'contract', cause: 'unmarked', about: '', attempts: [{ cause: 'unmarked' }] });
  expect(bare.reason.en).toMatch(/No service/);
  expect(crash.reason.en).toMatch(/processes/);
  expect(crash.cure?.en).toMatch(/replay/);
});

test('of a reason in one language the other says the same', () => {
  const reason = (headers: object) => read('{}', { 'x-itk-kind': 'course', ...headers }).reason;
  expect(reason({ 'x-itk-reason-ru': 'р' })).toEqual({ ru: 'р', en: 'р' });
  expect(reason({ 'x-itk-reason-en': 'r' })).toEqual({ ru: 'r', en: 'r' });
  expect(reason({ 'x-itk-reason-ru': '', 'x-itk-reason-en': 'r' })).toEqual({ ru: 'r', en: 'r' });
  expect(reason({ 'x-itk-reason-ru': 'р', 'x-itk-reason-en': 'r' })).toEqual({ ru: 'р', en: 'r' });
});

test('a death is dated by its service, then by the broker, then by its sending, then by its reading', () => {
  const dated = (headers: object, properties: object = {}) => {
    const { time: moment, death } = read('{}', { ...headers }, { ...properties });
    return [moment, death];
  };
  const sent = { timestamp: 1_700_000_001 };
  const broker = { 'x-death': [{ time: 1_700_000_000 }] };
  expect(dated({ ...broker, 'x-itk-failed-at': '2026-03-01T10:00:00Z' }, sent)[1]).toBe('2026-03-01T10:00:00Z');
  expect(dated({ ...broker, 'x-itk-failed-at': 'soon' }, sent)).toEqual([1_700_000_000_000, 'broker 1700000000']);
  expect(dated({}, sent)).toEqual([1_700_000_001_000, 'sent 1700000001']);
  for (const timestamp of [0, -1, 32_503_680_000, '1700000001', undefined])
    expect(dated({ 'x-death': [null] }, { timestamp })).toEqual([5_000, 'undated']);
});

test('of its history what is dated is kept, in words; its own death is added where only the broker knows of it', () => {
  const attempt = { at: time.toISOString(), kind: 'course', cause: 'c', about: 'a', ru: 'р', en: 'r' };
  const history = [attempt, null, 'x', { ...attempt, at: 'soon' }, { at: attempt.at, kind: 5 }];
  const bare = { at: attempt.at, kind: '', cause: '', about: '', ru: '', en: '' };
  const attempts = (headers: object) => read('{}', { 'x-itk-history': history, ...headers }).attempts;
  expect(attempts({ 'x-itk-kind': 'course' })).toEqual([attempt, bare]);
  expect(attempts({})).toEqual([attempt, bare, expect.objectContaining({ cause: 'unmarked' })]);
  expect(read('{}', { 'x-itk-kind': 'course' }).attempts).toEqual([expect.objectContaining({ kind: 'course' })]);
});

/** NUL and half a surrogate pair as JSON writes them; a text that merely reads so has its backslash doubled. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

test('never throws, and what it gives can be stored, whatever it is given', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant(JSON.stringify(event)));
  const headers = fc.dictionary(
    fc.constantFrom('x-itk-kind', 'x-itk-cause', 'x-itk-history', 'x-death', 'x-itk-failed-at', 'x-itk-reason-ru', 'y'),
    fc.anything(),
  );
  fc.assert(
    fc.property(anything, headers, (body, given) => {
      const { body: _, ...letter } = read(body, given);
      const { failure } = fold(undefined, { ...letter, body: Buffer.alloc(0) }, {});
      const text = JSON.stringify({ ...failure, headers: letter.headers });
      expect(text).not.toMatch(unstorable);
      expect(Number.isFinite(failure.lastSeen) && Number.isFinite(failure.firstSeen)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('storable leaves what can be stored as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      if (JSON.stringify(value).includes('\\u')) return;
      expect(storable(value)).toEqual(value);
    }),
  );
});

test('what is nested too deep is left out, with its name', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'end' : { in: nested(depth - 1) });
  const kept = (value: unknown) => JSON.stringify(storable(value)).includes('end');
  expect([nested(31), nested(32)].map((value) => isShallow(value))).toEqual([true, false]);
  expect([nested(31), nested(32)].map(kept)).toEqual([true, false]);
  expect(isShallow([1, [nested(31)]])).toBe(false);
  expect(storable({ a: undefined, b: NaN, c: [undefined] })).toStrictEqual({ b: null, c: [null] });
});

describe('one message and its deaths', () => {
  const letter = (when: number, more: Partial<Letter> = {}): Letter => ({
    ...read(JSON.stringify(event), dead(noCourse(), new Date(when))),
    ...more,
  });

  test('delivered again, the same letter changes nothing', () => {
    const { failure } = fold(undefined, letter(1_000), {});
    expect(fold(failure, letter(1_000), {})).toEqual({ failure, isNews: false });
  });

  test('in any order and with any repetition the deaths make one row', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (times) => {
        let failure: ReturnType<typeof fold>['failure'] | undefined;
        for (const time of times) failure = fold(failure, letter(time * 1_000), {}).failure;
        const distinct = [...new Set(times)].sort((a, b) => a - b);
        expect(failure).toMatchObject({
          state: 'open',
          firstSeen: distinct[0]! * 1_000,
          lastSeen: distinct.at(-1)! * 1_000,
        });
        expect(failure!.attempts.map((attempt) => Date.parse(attempt.at) / 1_000)).toEqual(distinct);
        expect(new Set(failure!.deaths).size).toBe(distinct.length);
      }),
    );
  });

  test('of a replay: only the letter that it has sent is its failure', () => {
    const replay = '8c1b1f6e-0000-4000-8000-000000000000';
    const replaying = { ...fold(undefined, letter(1_000), {}).failure, state: 'replaying' as const, replay };
    expect(fold(replaying, letter(2_000), {})).toMatchObject({ isNews: true, failure: { state: 'replaying' } });
    expect(fold(replaying, letter(2_000, { replay }), {})).toMatchObject({
      failedAgainIn: replay,
      failure: { state: 'open', attempts: [{}, {}] },
    });
  });

  test('what is known already closes it at once', () => {
    const known = { outcome: { revision: 101, at: 1, is: 'synchronized' } };
    expect(fold(undefined, letter(1_000), known).failure).toMatchObject({
      state: 'closed',
      closedBy: 'synchronized 101',
    });
  });
});
