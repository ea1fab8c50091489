import { both, type Counts, type Failure } from '#contracts';
import type { Study } from '../intake/study.js';
import type { Desired } from './desired.js';
import { courseUnknown } from './failures.js';
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
    ...result.desired.unknown
      .filter(({ code }) => code === study.code)
      .map(({ course }) => courseUnknown(course.idnumber)),
  ].sort((a, b) => rank(a) - rank(b) || byAbout(a, b));
  const [first, ...others] = failures;
  if (!first || others.length === 0) return first;
  const text = (language: 'ru' | 'en') => [first, ...others].map(({ reason }) => reason[language]);
  return { ...first, reason: both([...new Set(text('ru'))].join('; '), [...new Set(text('en'))].join('; ')) };
}
