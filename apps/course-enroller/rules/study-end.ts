import type { Counts, Failure } from '#contracts';
import { done, handBack, isThrough, outcomeOf, type Outcome } from '#messaging';
import { words, wrongSettings } from '#moodle';
import type { Study } from '../intake/study.js';
import { accountGoneAgain, enrolmentsRefusedAlike, noAccountGiven } from './failures.js';
import { countsFor, failureFor, type AccountResult } from './verdict.js';

/** How the work for one study ended. */
export interface StudyEnd {
  /** As the ledger is to hold it. */
  study: Study;
  /** The answer of its message. */
  outcome: Outcome;
  /** What Moodle refused. */
  failure?: Failure;
  /** What is to be told. */
  tell?: 'synchronized' | 'accountMissing';
}

/**
 * @param result of its account; undefined where it has none
 * @param event the id of the message that is answered
 */
export function endOf(study: Study, result: AccountResult | undefined, event: string, validUntil: number): StudyEnd {
  if (!result && study.active) return { study, outcome: outcomeOf(noAccountGiven) };
  if (result?.missing) {
    if (study.missingAsked === study.seen && study.missingAskedBy !== event)
      return { study, outcome: known(study, accountGoneAgain) };
    const asking = { ...study, missingAsked: study.seen, missingAskedBy: event, missingUserId: study.moodleUserId };
    // Whichever account is answered is worked on, though it had been made true before: something new may be wanted.
    return { study: { ...asking, appliedUserId: undefined }, outcome: done(), tell: 'accountMissing' };
  }
  const failure = result && failureFor(study, result);
  if (failure) return { study, outcome: known(study, failure, result), failure };
  const counts = countsFor(study, result ?? nothing);
  return { study: completed(study, counts, validUntil), outcome: done(), tell: 'synchronized' };
}

/**
 * The ends of a whole batch, in the same order: what was refused to many alike is a wrong setting, and what is given up
 * is remembered.
 * @param wentThrough accounts for which something went through
 */
export function weighed(ends: readonly StudyEnd[], wentThrough: number): StudyEnd[] {
  const refusals = ends.flatMap(({ study, failure }) =>
    failure ? [{ failure, failedBefore: study.failed !== undefined }] : [],
  );
  const settings = wrongSettings(refusals, wentThrough, enrolmentsRefusedAlike);
  return ends.map((end) => {
    const setting = end.failure && settings.get(words(end.failure));
    const outcome = setting ? handBack(setting) : end.outcome;
    const study = outcome.kind === 'dead' ? { ...end.study, failed: outcome.failure.cause } : end.study;
    return { ...end, study, outcome };
  });
}

/** Did the work change what the ledger is to hold? */
export const isToBeRecorded = ({ tell, outcome }: StudyEnd): boolean => tell !== undefined || outcome.kind === 'dead';

/** The first completion of a revision sets for how long it holds; whatever is done for it later does not move that. */
const completed = (study: Study, counts: Counts, validUntil: number): Study => ({
  ...study,
  applied: study.seen,
  appliedUserId: study.moodleUserId,
  counts,
  failed: undefined,
  validUntil: study.applied === study.seen ? (study.validUntil ?? validUntil) : validUntil,
});

const nothing: AccountResult = {
  desired: { courses: new Map(), unknown: [] },
  changes: [],
  done: new Set(),
  refused: new Map(),
  confirmed: new Set(),
  missing: false,
};

/** EnrolmentDue stands for the study's revision: a newer one than it says may have failed. */
function known(study: Study, failure: Failure, result?: AccountResult): Outcome {
  const outcome = outcomeOf(failure);
  if (isThrough(outcome)) return outcome;
  const counts = result && countsFor(study, result);
  return { ...outcome, known: { revision: study.seen, origin: study.origin, ...(counts && { counts }) } };
}
