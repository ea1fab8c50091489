import { both, type Failure } from '#contracts';
import { wrongSettings } from '#moodle';
import { refusedAlike } from './failures.js';

it('refused alike: what five are told is the setting, with what Moodle said of the first', () => {
  const refused: Failure = { kind: 'unexplained', cause: 'refused', about: 'invalidparameter', reason: both('р', 'r') };
  const refusals = Array.from({ length: 5 }, () => ({ failure: refused, failedBefore: false }));
  const setting = wrongSettings(refusals, 0, refusedAlike).get('refused invalidparameter')!;
  expect(setting).toMatchObject({ kind: 'configuration', cause: 'refused-alike:refused' });
  expect(setting.reason.en).toMatch(/5 students .*: r$/);
});
