import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { table, withSection } from './page.js';
import { median, pairRatio } from './statistics.js';

describe('medians', () => {
  it('have as many values below as above', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const middle = median(all);
        expect(all.filter((value) => value < middle).length).toBeLessThanOrEqual(all.length / 2);
        expect(all.filter((value) => value > middle).length).toBeLessThanOrEqual(all.length / 2);
      }),
    );
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('of pairs do not see a machine that slows down for both', () => {
    expect(pairRatio([80, 40, 8], [100, 50, 10])).toBeCloseTo(0.8);
    expect(() => pairRatio([1], [1, 2])).toThrow(RangeError);
  });
});

describe('the page', () => {
  it('keeps what a person wrote, and holds each section once', () => {
    const text = fc.string().filter((value) => !value.includes('bench:'));
    fc.assert(
      fc.property(text, text, text, text, (before, after, first, second) => {
        const page = withSection(before, 'messaging', first) + after;
        const again = withSection(page, 'messaging', second);
        expect(again).toBe(withSection(before, 'messaging', second) + after);
        expect(withSection(again, 'messaging', second)).toBe(again);
        const both = withSection(again, 'memory', first);
        expect(both.match(/<!-- bench:/g)).toHaveLength(2);
        expect(both.startsWith(before.trimEnd())).toBe(true);
      }),
    );
  });

  it('is not guessed at when a marker is lost', () => {
    expect(() => withSection('<!-- bench:memory -->\nx', 'memory', 'y')).toThrow(/bench:memory/);
  });

  it('has numbers at the right', () => {
    expect(
      table([
        ['what', 'a second'],
        ['raw', '12,345'],
        ['ours', '9,000'],
      ]),
    ).toBe('| what | a second |\n| --- | ---: |\n| raw | 12,345 |\n| ours | 9,000 |');
  });
});
