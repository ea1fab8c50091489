import { handBack, type Outcome } from './outcome.js';

/**
 * What becomes of the one message by which a system with a wrong setting is tried. A refusal without a cause, or a
 * passing failure, may be the setting's doing: the message waits on with the others. When its turn comes again and
 * nobody has got through meanwhile, it bears its own outcome: else a few bad messages alone in a queue would hold the
 * system for ever.
 */
export function inTrial(outcome: Outcome, triedBefore: boolean): Outcome {
  const doubtful = outcome.kind === 'retry' || (outcome.kind === 'dead' && outcome.failure.kind === 'unexplained');
  return doubtful && !triedBefore ? handBack(outcome.failure) : outcome;
}

/**
 * What the tried message tells of the setting; `nothing` where the system was not asked: a student who is unchanged, a
 * repetition, a binding, a record that was refused before anything was sent.
 */
export function trialTells(outcome: Outcome, asked: boolean): 'mended' | 'wrong still' | 'nothing' {
  switch (outcome.kind) {
    case 'done':
    case 'superseded':
    case 'dead':
      return asked ? 'mended' : 'nothing';
    default:
      return 'wrong still';
  }
}
