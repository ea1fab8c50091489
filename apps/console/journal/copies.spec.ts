import fc from 'fast-check';
import { eventTypes, makeEvent } from '#contracts';
import { studentChanged, synchronized } from '../testing/console-setup.js';
import { readCopies } from './copies.js';

const now = 1_790_000_000_000;
const read = (body: unknown, numbers?: unknown) =>
  readCopies({ content: Buffer.from(JSON.stringify(body)), numbers }, 'lms', now);
const student = (code: string) =>
  makeEvent(eventTypes.StudentChanged, studentChanged('lms', code, 50), { service: 'onec-poller' });

test('an event by itself and an event in an array are read alike', () => {
  const event = student('007');
  const [alone, among] = [read(event, 'p/7'), read([event], 'p/7-7')];
  expect(alone).toEqual(among);
  expect(alone).toMatchObject({
    broken: 0,
    copies: [
      {
        system: 'lms',
        count: { publisher: 'p', n: 7, time: Date.parse(event.time) },
        entry: { eventId: event.id, subject: '007', revision: 50, source: 'onec-poller', group: 'М3О-101Б-24' },
      },
    ],
  });
  expect(JSON.stringify(alone)).not.toContain('Ёлкина');
});

test('every event keeps its number, whatever stands between', () => {
  const piece = fc.oneof(
    fc.integer({ min: 1, max: 99 }).map((code) => synchronized('lms', String(code), 50)),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 1_000 }), (pieces, first) => {
      const { copies, broken } = read(pieces, `p/${first}-${first + pieces.length}`);
      const good = pieces.flatMap((one, index) =>
        (one as { specversion?: string } | null)?.specversion === '1.0' ? [{ one, n: first + index }] : [],
      );
      expect(broken).toBe(pieces.length - good.length);
      expect(copies.map(({ entry, count }) => [entry.eventId, count?.n])).toEqual(
        good.map(({ one, n }) => [(one as { id: string }).id, n]),
      );
    }),
  );
});

test('more events than numbers: the last ones have none', () => {
  expect(read(student('1')).copies).toMatchObject([{ system: 'lms', entry: { subject: '1' } }]);
  const { copies } = read([student('1'), student('2'), student('3')], 'p/4-5');
  expect(copies.map(({ count }) => count?.n)).toEqual([4, 5, undefined]);
});

test('what it gives can be stored, whatever it is given', () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  const json = fc.oneof(
    fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
    fc.json(),
    fc.constant(deep),
  );
  fc.assert(
    fc.property(json, fc.string({ unit: 'binary', maxLength: 20 }), fc.boolean(), (more, text, plain) => {
      const event = JSON.stringify({ ...student('007'), id: plain ? 'id' : `id${text}`, data: undefined });
      const data = `{"person":{"code":"007"},"revision":50,"study":{"group":${JSON.stringify(text)}},"more":${more}}`;
      const content = Buffer.from(`[${event.slice(0, -1)},"data":${data}}]`);
      const { copies, broken } = readCopies({ content, numbers: undefined }, 'lms', now);
      expect(broken).toBe(0);
      expect(JSON.stringify(copies)).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
    }),
    { numRuns: 300 },
  );
});

test.each(['', '{', '[{"id":', '\u0000'])('%j is reported and not thrown', (body) => {
  expect(readCopies({ content: Buffer.from(body), numbers: 'p/1-3' }, 'lms', now)).toEqual({ copies: [], broken: 1 });
});
