import type { Failure } from '#contracts';
import { wrongSettings as settingsIn, type Refusal } from '#moodle';
import { refusedAlike } from './failures.js';

const wrongSettings = (refusals: readonly Refusal[], through: number) => settingsIn(refusals, through, refusedAlike);
describe('refusals alike', () => {
  const refused: Failure = {
    kind: 'unexplained',
    cause: 'refused',
    about: 'invalidparameter',
    reason: { ru: 'р', en: 'e' },
  };
  const times = (count: number, failedBefore = false) =>
    Array.from({ length: count }, () => ({ failure: refused, failedBefore }));
  it('are a wrong setting from five on, when none failed before and none went through', () => {
    expect(wrongSettings(times(4), 0).size).toBe(0);
    expect(wrongSettings(times(5), 0).get('refused invalidparameter')).toMatchObject({ kind: 'configuration' });
    expect(wrongSettings(times(5), 1).size).toBe(0);
    expect(wrongSettings([...times(4), ...times(9, true)], 0).size).toBe(0);
  });
  it('for which a cause was found are not', () => {
    const taken: Failure = { ...refused, kind: 'student', cause: 'email-taken' };
    expect(
      wrongSettings(
        Array.from({ length: 9 }, () => ({ failure: taken, failedBefore: false })),
        0,
      ).size,
    ).toBe(0);
  });
});
