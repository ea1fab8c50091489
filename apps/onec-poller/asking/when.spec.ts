import { describe, expect, test } from '@jest/globals';
import { restAfterFailure, restBeforeQuestion, type Moment } from './when.js';

const moment = (more: Partial<Moment>): Moment => ({
  paused: false,
  window: 500,
  taken: 0,
  sinceQuestion: 100,
  broughtNew: true,
  interval: 60_000,
  ...more,
});
const rest = (more: Partial<Moment>): number => restBeforeQuestion(moment(more));

describe('when 1C is worth asking', () => {
  test('never in a pause or with a full window', () => {
    expect(rest({ paused: true })).toBe(500);
    expect(rest({ taken: 500 })).toBe(500);
    expect(rest({ taken: 501, sinceQuestion: 90_000 })).toBe(500);
    expect(rest({ taken: 500, sinceQuestion: 90_000 })).toBe(500);
  });
  test('at once at first, and when the interval is over', () => {
    expect(restBeforeQuestion({ ...moment({ taken: 499 }), sinceQuestion: undefined as never })).toBe(0);
    expect(rest({ taken: 499, sinceQuestion: 60_000 })).toBe(0);
    expect(rest({ taken: 499, sinceQuestion: 60_001, broughtNew: false })).toBe(0);
    expect(rest({ broughtNew: false, sinceQuestion: 59_000 })).toBe(1_000);
  });
  test('with three quarters of the window free, if there is more to come', () => {
    expect(rest({ taken: 125 })).toBe(0);
    expect(rest({ taken: 126 })).toBe(500);
    expect(rest({ taken: 125, broughtNew: false })).toBe(59_900);
  });
  test('sooner, when what is under way would be through before two answers like the last', () => {
    // one place a millisecond: 300 places last 300 ms
    const answer = { since: 200, freed: 200 };
    expect(rest({ taken: 300, answer: { ...answer, took: 149 } })).toBe(500);
    expect(rest({ taken: 300, answer: { ...answer, took: 150 } })).toBe(0);
    // two places a millisecond: 300 places last 150 ms
    expect(rest({ taken: 300, answer: { since: 200, freed: 400, took: 74 } })).toBe(500);
    expect(rest({ taken: 300, answer: { since: 200, freed: 400, took: 75 } })).toBe(0);
    // a 1C that takes long is asked as soon as a quarter is free, and not before
    expect(rest({ taken: 375, answer: { ...answer, took: 30_000 } })).toBe(0);
    expect(rest({ taken: 376, answer: { ...answer, took: 30_000 } })).toBe(500);
    expect(rest({ taken: 375, answer: { took: 30_000, since: 200, freed: 0 } })).toBe(500);
    expect(rest({ taken: 375, answer: { took: 30_000, since: 200, freed: -1 } })).toBe(500);
  });
  test('a window of one', () => {
    expect(rest({ window: 1, taken: 0 })).toBe(0);
    expect(rest({ window: 1, taken: 1 })).toBe(500);
  });
});

test('the rest after failing questions doubles from 5 s to 5 min', () => {
  expect([1, 2, 3, 6, 7, 100].map(restAfterFailure)).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000]);
});
