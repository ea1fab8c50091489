import { both, mostCauses, type Counts, type Failure } from '#contracts';
import { done, handBack, isThrough, outcomeOf, type Outcome } from '#messaging';
import { words, wrongSettings } from '#moodle';
import type { Study } from '../intake/study.js';
import type { Desired } from './desired.js';
import { accountGoneAgain, enrolmentsRefusedAlike, noAccountGiven } from './failures.js';
import type { Change } from './plan.js';

/** What became of one account in Moodle. */
export interface AccountResult {
  readonly desired: Desired;
  readonly changes: readonly Change[];
  /** Course ids. */
  readonly done: ReadonlySet<number>;
  /** By course id; groups' refusals among them. */
  readonly refused: ReadonlyMap<number, Failure>;
  /** Noted earlier and found standing now: the answer had been lost. */
  readonly confirmed: ReadonlySet<number>;
  /** The account is gone from Moodle. */
  readonly missing: boolean;
}

const concerns = (study: Study, { desired }: AccountResult, courseId: number): boolean =>
  desired.courses.get(courseId)?.codes.includes(study.code) ?? true;

/** What was done for one study: a sibling study's courses are not its own, what nobody wants any more is everybody's. */
export function countsFor(study: Study, result: AccountResult): Counts {
  const counts: Counts = { accountCreated: study.accountCreated, enrolled: 0, updated: 0, suspended: 0, unchanged: 0 };
  const touched = new Set<number>();
  for (const { courseId, kind } of result.changes) {
    touched.add(courseId);
    if (result.done.has(courseId) && concerns(study, result, courseId)) counts[kind]++;
  }
  for (const { courseId, codes } of result.desired.courses.values()) {
    if (!codes.includes(study.code) || touched.has(courseId)) continue;
    if (result.confirmed.has(courseId)) counts.enrolled++;
    else counts.unchanged++;
  }
  return counts;
}

const order = ['configuration', 'outage', 'temporary', 'student', 'course', 'unexplained'];
const rank = ({ kind }: Failure) => (order.indexOf(kind) + order.length + 1) % (order.length + 1);
const byAbout = (a: Failure, b: Failure) =>
  (a.about ?? '').localeCompare(b.about ?? '', 'en', { numeric: true }) || a.cause.localeCompare(b.cause);

/** Of all that failed for one study, the failure by which its message is judged; undefined where nothing failed. */
export function failureFor(study: Study, result: AccountResult): Failure | undefined {
  const failures = [
    ...[...result.refused].filter(([courseId]) => concerns(study, result, courseId)).map(([, failure]) => failure),
    ...result.desired.unknown.filter(({ code }) => code === study.code).map(({ failure }) => failure),
  ].sort((a, b) => rank(a) - rank(b) || byAbout(a, b));
  const [first, ...others] = failures;
  if (!first || others.length === 0) return first;
  const text = (language: 'ru' | 'en') => failures.map(({ reason }) => reason[language]);
  const reason = both([...new Set(text('ru'))].join('; '), [...new Set(text('en'))].join('; '));
  const causes = [
    ...new Map(failures.map((each) => [JSON.stringify([each.kind, each.cause, each.about]), each])).values(),
  ];
  return { ...first, reason, ...(causes.length > 1 && { causes: causes.slice(0, mostCauses) }) };
}

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
