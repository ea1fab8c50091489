import type { ConsumeMessage } from 'amqplib';
import fc from 'fast-check';
import { both } from '#contracts';
import { deathHeaders, withFailure } from '#messaging';
import { noCourse, studentChanged, userProvisioned } from '../../testing/console-setup.js';
import { fold } from '../drain/fold.js';
import { readLetter, type Letter } from './letter.js';
import { storable } from './storable.js';

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
});

test('the revision that only the service knew stands in the headers', () => {
  const due = { ...event, type: 'itk.enrolment.due.v1', data: { system: 'lms', code: '007' } };
  const headers = deathHeaders(noCourse(), 'course-enroller', 'x', time, 77);
  expect(read(JSON.stringify(due), headers).revision).toBe(77);
});

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
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
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
