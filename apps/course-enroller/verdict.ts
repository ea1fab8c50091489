import { both, type Counts, type Failure } from '#contracts';
import type { Desired } from './desired.js';
import type { Change } from './plan.js';
import type { Study } from './study.js';

/** What became of one account in Moodle. */
export interface AccountResult {
  desired: Desired;
  changes: readonly Change[];
  done: ReadonlySet<number>;
  /** By course id; groups' refusals among them. */
  refused: ReadonlyMap<number, Failure>;
  /** Noted earlier and found standing now: the answer had been lost. */
  confirmed: ReadonlySet<number>;
  /** The account is gone from Moodle. */
  missing: boolean;
}

const concerns = (study: Study, { desired }: AccountResult, courseId: number): boolean =>
  desired.courses.get(courseId)?.codes.includes(study.code) ?? true;

/** What was done for one study: a sibling study's courses are not its own, what nobody wants any more is everybody's. */
export function countsFor(study: Study, result: AccountResult): Counts {
  const counts: Counts = { accountCreated: study.accountCreated, enrolled: 0, updated: 0, suspended: 0, unchanged: 0 };
  const touched = new Set<number>();
  for (const { courseId, deed } of result.changes) {
    touched.add(courseId);
    if (result.done.has(courseId) && concerns(study, result, courseId)) counts[deed]++;
  }
  for (const { courseId, codes } of result.desired.courses.values()) {
    if (!codes.includes(study.code) || touched.has(courseId)) continue;
    if (result.confirmed.has(courseId)) counts.enrolled++;
    else counts.unchanged++;
  }
  return counts;
}

export const courseUnknown = (idnumber: string): Failure => ({
  kind: 'course',
  cause: 'course-missing',
  about: idnumber,
  reason: both(
    `В Moodle нет курса с идентификатором «${idnumber}»`,
    `Moodle has no course with idnumber "${idnumber}"`,
  ),
  cure: both(
    'Создайте курс или впишите этот ID курса в настройках существующего и повторите сообщение',
    'Make the course, or set this course ID number in the settings of an existing one, and replay the message',
  ),
});

export const noAccountGiven: Failure = {
  kind: 'contract',
  cause: 'no-account',
  reason: both(
    'UserProvisioned учащегося не называет учётной записи Moodle',
    'UserProvisioned of an active student names no Moodle account',
  ),
};

/** AccountMissing has been sent, and its answer is not here or named the same account. */
export const accountGoneAgain: Failure = {
  kind: 'temporary',
  cause: 'account-missing',
  reason: both(
    'Учётной записи нет в Moodle, и повторный поиск её не вернул',
    'The account is not in Moodle, and looking it up again did not bring it back',
  ),
  cure: both(
    'Проверьте, кто удаляет учётные записи в Moodle, и повторите сообщение',
    'Find out who deletes accounts in Moodle, and replay the message',
  ),
};

export function roleUnknown(role: string): Failure {
  return {
    kind: 'configuration',
    cause: 'role-unknown',
    about: role,
    reason: both(
      `Для роли «${role}» не задан её номер в Moodle`,
      `No Moodle role id is configured for the role "${role}"`,
    ),
    cure: both(
      `Впишите номер роли в moodle.roles: «${role}: <номер>» (в Moodle: Администрирование, Определить роли, адрес страницы роли)`,
      `Add it to moodle.roles: "${role}: <id>" (in Moodle: Site administration, Define roles, the address of the role's page)`,
    ),
  };
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
