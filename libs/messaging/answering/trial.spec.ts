import { describe, expect, it } from '@jest/globals';
import { failed, type FailureKind } from '#contracts';
import { dead, done, handBack, retry, superseded } from './outcome.js';
import { inTrial, trialTells } from './trial.js';

const failure = (kind: FailureKind) => failed(kind, 'x', { ru: '', en: '' }).failure;

describe('the one message by which a paused system is tried', () => {
  it.each([dead(failure('unexplained')), retry(failure('temporary'))])(
    'waits on when the setting may be why',
    (outcome) => {
      expect(inTrial(outcome, false).kind).toBe('handBack');
      expect(inTrial(outcome, true)).toBe(outcome); // its turn came again: it must not hold the system for ever
    },
  );

  it.each([
    done(),
    superseded(),
    dead(failure('student')),
    dead(failure('course')),
    handBack(failure('configuration')),
  ])('bears its own outcome otherwise', (outcome) => expect(inTrial(outcome, false)).toBe(outcome));

  it('ends the pause only when the system did what it was asked, or refused this record for its own sake', () => {
    for (const outcome of [done(), dead(failure('student')), dead(failure('unexplained'))]) {
      expect(trialTells(outcome, true)).toBe('mended');
      expect(trialTells(outcome, false)).toBe('nothing');
    }
    expect(trialTells(superseded(), false)).toBe('nothing');
    expect(trialTells(dead(failure('contract')), false)).toBe('nothing');
    for (const asked of [true, false]) {
      expect(trialTells(retry(failure('temporary')), asked)).toBe('wrong still');
      expect(trialTells(handBack(failure('configuration')), asked)).toBe('wrong still');
    }
  });
});
