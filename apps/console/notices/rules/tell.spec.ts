import fc from 'fast-check';
import type { StandingTrouble } from '../trouble.js';
import { isQuiet } from './quiet.js';
import { gatherFor, tell, type Item, type KnownTrouble } from './tell.js';

const trouble = (key: string, number = 1): StandingTrouble => ({
  ...{ key, number, kind: 'failures', system: 'lms', since: '2026-11-26T10:00:00.000Z' },
  page: `/failures/group/${key}`,
});
const minute = 60_000;

/** One look after another. */
class Looks {
  known: KnownTrouble[] = [];
  now = 0;

  look(standing: StandingTrouble[], { after = minute, quiet = false } = {}): string[] {
    this.now += after;
    const { known, items } = tell(this.known, standing, { now: this.now, quiet });
    this.known = known;
    return items.map(({ change, trouble }) => `${change} ${trouble.key}`);
  }
}

test('what comes together is told together, five minutes after the first; once', () => {
  const looks = new Looks();
  expect(looks.look([trouble('a')])).toEqual([]);
  expect(looks.look([trouble('a'), trouble('b')], { after: 4 * minute })).toEqual([]);
  expect(looks.look([trouble('a'), trouble('b')])).toEqual(['new a', 'new b']);
  expect(looks.look([trouble('a', 9), trouble('b')], { after: 600 * minute })).toEqual([]);
});

test('ten times as many are told again, and an end once it has lasted', () => {
  const looks = new Looks();
  looks.look([trouble('a', 3)]);
  expect(looks.look([trouble('a', 3)], { after: gatherFor })).toEqual(['new a']);
  expect(looks.look([trouble('a', 30)])).toEqual([]);
  expect(looks.look([trouble('a', 31)], { after: gatherFor })).toEqual(['grown a']);
  expect(looks.look([trouble('a', 299)], { after: gatherFor })).toEqual([]);
  expect(looks.look([])).toEqual([]);
  expect(looks.look([trouble('a', 31)], { after: gatherFor })).toEqual([]);
  expect(looks.look([])).toEqual([]);
  expect(looks.look([], { after: gatherFor })).toEqual(['ended a']);
  expect(looks.known).toEqual([]);
});

test('what is over before anybody was told is told to nobody', () => {
  const looks = new Looks();
  looks.look([trouble('a')]);
  expect([looks.look([]), looks.look([], { after: gatherFor })]).toEqual([[], []]);
});

test('quiet hours hold back until they end', () => {
  const looks = new Looks();
  for (let time = 0; time < 60; time++) expect(looks.look([trouble('a')], { quiet: true })).toEqual([]);
  expect(looks.look([trouble('a')])).toEqual(['new a']);
});

const look = fc.record({
  standing: fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), number: fc.integer({ min: 1, max: 2_000 }) }),
    { selector: ({ key }) => key },
  ),
  after: fc.integer({ min: 0, max: 10 * minute }),
  quiet: fc.boolean(),
});

test('whatever happens: new before grown before ended, never two for one state, and at last all is told', () => {
  fc.assert(
    fc.property(fc.array(look, { maxLength: 60 }), (all) => {
      let known: KnownTrouble[] = [];
      let now = 0;
      const told = new Map<string, number>();
      const take = (items: Item[]): void => {
        for (const { change, trouble } of items) {
          const last = told.get(trouble.key);
          if (change === 'new') expect(last).toBeUndefined();
          else expect(last).toBeDefined();
          if (change === 'grown') expect(trouble.number).toBeGreaterThanOrEqual(10 * last!);
          if (change === 'ended') told.delete(trouble.key);
          else told.set(trouble.key, trouble.number);
        }
        expect(new Set(items.map(({ trouble }) => trouble.key)).size).toBe(items.length);
      };
      for (const { standing, after, quiet } of all) {
        now += after;
        const next = tell(
          known,
          standing.map(({ key, number }) => trouble(key, number)),
          { now, quiet },
        );
        if (quiet) expect(next.items).toEqual([]);
        known = next.known;
        take(next.items);
      }
      const standing = (all.at(-1)?.standing ?? []).map(({ key, number }) => trouble(key, number));
      const rest = [0, 1].map((time) => {
        const next = tell(known, standing, { now: (now += gatherFor * (time + 1)), quiet: false });
        known = next.known;
        take(next.items);
        return next.items.length;
      });
      expect([...told.keys()].sort()).toEqual(standing.map(({ key }) => key).sort());
      expect(rest[1]! * rest[0]!).toBe(0);
      expect(tell(known, standing, { now: now + 9 * gatherFor, quiet: false }).items).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['21:59', false],
  ['22:00', true],
  ['03:00', true],
  ['06:59', true],
  ['07:00', false],
])('quiet from 22:00 until 07:00 by the clock of the zone: %s is %s', (clock, quiet) => {
  const time = new Date(`2026-11-26T${clock}:00+10:00`);
  expect(isQuiet(time, { from: '22:00', until: '07:00' }, 'Asia/Vladivostok')).toBe(quiet);
});

test('quiet within one day, and never without quiet hours', () => {
  const noon = new Date('2026-11-26T12:00:00Z');
  expect(isQuiet(noon, { from: '11:00', until: '13:00' }, 'UTC')).toBe(true);
  expect(isQuiet(noon, { from: '13:00', until: '14:00' }, 'UTC')).toBe(false);
  expect(isQuiet(noon, undefined, 'UTC')).toBe(false);
});
