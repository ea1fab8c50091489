import { both, type Failure } from '#contracts';

/** A student whom Moodle refused, or not. */
export interface Refusal {
  failure: Failure;
  /** The message was tried before: something is the matter with this one. */
  failedBefore: boolean;
}

export const alikeAtLeast = 5;

/**
 * Five or more refused in the same words, with no cause found and none before, while nobody of the batch went through:
 * a setting, for a setting spares nobody. Undefined: it is the students, or too few to tell.
 */
export function wrongSetting(refusals: readonly Refusal[], wentThrough: number): Failure | undefined {
  if (wentThrough > 0 || refusals.some(({ failedBefore }) => failedBefore)) return undefined;
  const [first] = refusals;
  if (!first || refusals.length < alikeAtLeast || refusals.some(({ failure }) => !alike(failure, first.failure)))
    return undefined;
  return {
    kind: 'configuration',
    cause: 'enrolments-refused-alike',
    reason: both(
      `Moodle одинаково отказала в записи на курсы ${refusals.length} студентам, причина не найдена: ${first.failure.reason.ru}`,
      `Moodle refused to enrol ${refusals.length} students alike, and no cause was found: ${first.failure.reason.en}`,
    ),
    cure: both(
      'Проверьте способ записи «Вручную», права сервисной учётной записи и установленные плагины; $CFG->debugusers для неё покажет причину',
      'Check the manual enrolment plugin, the rights of the service account and installed plugins; $CFG->debugusers for it shows the cause',
    ),
  };
}

const alike = (a: Failure, b: Failure): boolean =>
  a.kind === 'unexplained' && a.cause === 'refused' && b.cause === a.cause && b.about === a.about;
