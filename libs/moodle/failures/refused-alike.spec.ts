import { both, type Failure } from '#contracts';
import { alikeAtLeast, words, wrongSettings, type Refusal } from './refused-alike.js';

const refusal = (given: Partial<Failure> = {}, failedBefore = false): Refusal => ({
  failure: { kind: 'unexplained', cause: 'refused', about: 'x', reason: both('р', 'r'), ...given },
  failedBefore,
});
const times = (count: number, given: Partial<Failure> = {}, failedBefore = false) =>
  Array.from({ length: count }, () => refusal(given, failedBefore));

const setting = (count: number, { reason }: Failure): Failure => ({
  kind: 'configuration',
  cause: 'all-refused',
  reason: both(`${count}: ${reason.ru}`, `${count}: ${reason.en}`),
});
const settings = (refusals: readonly Refusal[], wentThrough: number) => wrongSettings(refusals, wentThrough, setting);

describe('refused alike', () => {
  const five = times(alikeAtLeast);

  it('five without a cause, while nobody went through, are a wrong setting', () => {
    expect(settings(five, 0)).toEqual(
      new Map([
        [words(five[0]!.failure), { kind: 'configuration', cause: 'all-refused', reason: both('5: р', '5: r') }],
      ]),
    );
    expect(settings([...five, refusal({}, true), refusal({ about: 'y' })], 0)).toEqual(settings(five, 0));
  });

  it('in two ways five each are two wrong settings', () => {
    expect([...settings([...five, ...times(6, { about: 'y' })], 0).keys()]).toEqual(['refused x', 'refused y']);
  });

  it('but not fewer, nor when one went through, all failed before, or there is a cause', () => {
    expect(settings(five.slice(1), 0).size).toBe(0);
    expect(settings(five, 1).size).toBe(0);
    expect(settings([...five.slice(1), refusal({}, true)], 0).size).toBe(0);
    expect(settings(times(9, {}, true), 0).size).toBe(0);
    expect(settings([...five.slice(1), refusal({ about: 'y' })], 0).size).toBe(0);
    expect(settings(times(9, { kind: 'course', cause: 'course-missing' }), 0).size).toBe(0);
    expect(settings(times(9, { cause: 'no-answer' }), 0).size).toBe(0);
    expect(settings(times(9, { kind: 'temporary' }), 0).size).toBe(0);
  });

  it('words tell refusals apart by cause and by what Moodle said', () => {
    const alike = [refusal(), refusal({ reason: both('другое', 'other') }), refusal({ about: undefined })];
    expect(alike.map(({ failure }) => words(failure))).toEqual(['refused x', 'refused x', 'refused ']);
  });
});
