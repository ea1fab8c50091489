import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextStep } from './ladder.js';
import { ladder } from './topology.js';

const names = ladder.map((step) => step.name);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the ladder', () => {
  it('never waits less than the step of the attempt, and at most one step more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ladder.length }), random, (attempt, chance) => {
        const step = names.indexOf(nextStep(attempt, chance)!);
        expect([attempt - 1, Math.min(attempt, ladder.length - 1)]).toContain(step);
      }),
    );
  });

  it('spreads messages that failed together over two neighbours', () => {
    const steps = Array.from({ length: 100 }, (_, index) => nextStep(1, index / 100));
    expect([...new Set(steps)].sort()).toEqual(['10s', '1m']);
    expect(steps.filter((step) => step === '10s')).toHaveLength(75);
  });

  it('starts no lower than it is told after a timeout', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ladder.length }), random, (attempt, chance) => {
        expect(names.indexOf(nextStep(attempt, chance, '15m')!)).toBeGreaterThanOrEqual(names.indexOf('15m'));
      }),
    );
  });

  it('ends', () => {
    expect(nextStep(ladder.length + 1, 0)).toBeUndefined();
    expect(nextStep(ladder.length + 1, 0.99)).toBeUndefined();
  });
});
