import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPairs, writePairs } from './pairs.js';

describe('pairs', () => {
  const code = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((text) => text === text.trim() && text !== '' && !/[,#]/.test(text));
  const flag = fc.record({ code, period: fc.integer({ min: 0, max: 32_503_680_000 }) });

  test('a list is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(flag), (flags) => {
        expect(readPairs(writePairs(flags))).toEqual({ flags, refused: [] });
      }),
    );
  });

  test('the paper’s example; leading zeros; empty parts; no-break spaces', () => {
    expect(
      writePairs([
        { code: '000012345', period: 1735689600 },
        { code: '000012399', period: 1735689600 },
      ]),
    ).toBe('000012345#1735689600, 000012399#1735689600');
    expect(readPairs(' 007#1\u00A0735\u202F689\u00A0600 ,,').flags).toEqual([{ code: '007', period: 1735689600 }]);
  });

  test('a part that is no pair is refused by itself, with the reason', () => {
    const [noCode, noPeriod] = ['not a student code', 'the period is not whole unix seconds'];
    expect(readPairs(' 007 , a#b#1, #5,a#,a#12x,a#x12,a#1735689600000, 008 #9')).toEqual({
      flags: [{ code: '008', period: 9 }],
      refused: [
        { pair: '007', reason: 'no # between code and period' },
        ...['a#b#1', '#5'].map((pair) => ({ pair, reason: noCode })),
        ...['a#', 'a#12x', 'a#x12', 'a#1735689600000'].map((pair) => ({ pair, reason: noPeriod })),
      ],
    });
  });

  test('what would break the list is not sent: a comma, #, milliseconds, fractions', () => {
    for (const bad of [
      { code: 'a,b', period: 1 },
      { code: 'a#b', period: 1 },
      { code: '', period: 1 },
      { code: 'a', period: 1735689600000 },
      { code: 'a', period: 1.5 },
    ])
      expect(() => writePairs([bad])).toThrow(
        expect.objectContaining({ failure: expect.objectContaining({ kind: 'contract' }) }),
      );
  });
});
