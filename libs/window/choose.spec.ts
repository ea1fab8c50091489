import { choose, nextRevision, sameContentPerHour, type Known, type Offered, type Situation } from './choose.js';

const now = 1_760_000_000_000;
const error = (code: string, hash = 'e'): Offered => ({ kind: 'error', code, hash });
const broken = (code: string, hash = 'h'): Offered => ({ kind: 'contract', code, hash });
const known = (code: string, more: Partial<Known> = {}): Known => ({
  code,
  revision: 5,
  hash: 'h',
  inFlight: false,
  recent: [],
  ...more,
});
const situation = (
  more: Omit<Partial<Situation<Offered>>, 'known'> & { known?: Known[] } = {},
): Situation<Offered> => ({
  owed: [],
  offers: [],
  inFlightWhenAsked: new Set(),
  free: 10,
  now,
  ...more,
  known: new Map((more.known ?? []).map((student) => [student.code, student])),
});
const placed = (more: Parameters<typeof situation>[0]) =>
  choose(situation(more)).places.map(({ offer }) => `${offer.code} ${offer.hash}`);

it('what 1C says now of a student replaces what is still owed of the same', () => {
  expect(placed({ owed: [error('1', 'old'), error('2', 'old')], offers: [error('1', 'new')] })).toEqual([
    '2 old',
    '1 new',
  ]);
});

it('errors that are owed go out although the same was published before, and of one student once', () => {
  expect(placed({ owed: [error('1', 'h')], known: [known('1')] })).toEqual(['1 h']);
  expect(placed({ owed: [error('1', 'first'), error('1', 'second')] })).toEqual(['1 first']);
});

it('apart from errors the order of the source is kept', () => {
  const offers = [broken('1'), broken('2'), error('3'), broken('4'), error('5')];
  expect(choose(situation({ offers })).places.map(({ offer }) => offer.code)).toEqual(['3', '5', '1', '2', '4']);
});

it('errors come first, for they will not be repeated; those without a place are kept, students are left', () => {
  const choice = choose(situation({ offers: [broken('1'), error('2'), error('3')], free: 1 }));
  expect(choice.places.map(({ offer }) => offer.code)).toEqual(['2']);
  expect(choice.owed.map(({ code }) => code)).toEqual(['3']);
  expect([choice.left, choice.free]).toEqual([1, 0]);
});

it('who holds a place is published only with another content, in the same place, even in a full window', () => {
  const held = known('1', { inFlight: true });
  expect(choose(situation({ offers: [broken('1')], known: [held], free: 0 }))).toMatchObject({
    places: [],
    waiting: 1,
  });
  expect(choose(situation({ offers: [broken('1', 'other')], known: [held], free: 0 }))).toMatchObject({
    places: [{ renewed: true, revision: now, before: { revision: 5, hash: 'h' } }],
    free: 0,
  });
  expect(choose(situation({ offers: [broken('1', 'other')], known: [known('1')] })).places[0]).not.toHaveProperty(
    'before',
  );
});

it('who was reported while the question was under way waits for the next answer, unless the content is another', () => {
  const asked = new Set(['1']);
  expect(choose(situation({ offers: [broken('1')], known: [known('1')], inFlightWhenAsked: asked })).waiting).toBe(1);
  expect(placed({ offers: [broken('1', 'other')], known: [known('1')], inFlightWhenAsked: asked })).toEqual([
    '1 other',
  ]);
  expect(placed({ offers: [broken('1')], inFlightWhenAsked: asked })).toEqual(['1 h']);
});

it('the same content goes out so many times within an hour and no more', () => {
  const recent = (number: number, time: number) => Array.from({ length: number }, () => ({ hash: 'h', time }));
  const held = (times: number, time: number) =>
    choose(situation({ offers: [broken('1')], known: [known('1', { recent: recent(times, time) })] })).heldOff;
  expect(held(sameContentPerHour - 1, now - 1)).toEqual([]);
  expect(held(sameContentPerHour, now - 3_599_999)).toEqual(['1']);
  expect(held(sameContentPerHour, now - 3_600_000)).toEqual([]);
});

it('other contents do not count, and what is published now is remembered with them', () => {
  const recent = Array.from({ length: sameContentPerHour }, () => ({ hash: 'other', time: now - 1 }));
  const { places, heldOff } = choose(situation({ offers: [broken('1')], known: [known('1', { recent })] }));
  expect(heldOff).toEqual([]);
  expect(places[0]!.recent).toEqual([...recent, { hash: 'h', time: now }]);
});

it('a revision grows, even when the clock was set back', () => {
  expect(nextRevision(undefined, now)).toBe(now);
  expect(nextRevision(now, now)).toBe(now + 1);
  expect(nextRevision(now + 50, now)).toBe(now + 51);
});
