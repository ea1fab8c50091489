import type { Failure } from '#contracts';

/** One student whose record Moodle refused. */
export interface Refusal {
  failure: Failure;
  /** The student's newest try was given up before this one: it is known that something is the matter with them. */
  failedBefore: boolean;
}

/** So many refused alike are no coincidence. */
export const alikeAtLeast = 5;

/**
 * Refusals for which no cause was found, all of one kind of call in one batch: is it the students, or a setting? It is
 * taken for a setting when five or more, none of whom failed before, were refused alike and no record went through: a
 * setting spares nobody. Answers, by {@link words}, the failure that those refused so have in truth.
 */
export function wrongSettings(
  refusals: readonly Refusal[],
  wentThrough: number,
  settingOf: (count: number, refusal: Failure) => Failure,
): Map<string, Failure> {
  const settings = new Map<string, Failure>();
  if (wentThrough > 0) return settings;
  const fresh = new Map<string, Failure[]>();
  for (const { failure, failedBefore } of refusals) {
    if (!isWithoutCause(failure) || failedBefore) continue;
    fresh.set(words(failure), [...(fresh.get(words(failure)) ?? []), failure]);
  }
  for (const [alike, failures] of fresh)
    if (failures.length >= alikeAtLeast) settings.set(alike, settingOf(failures.length, failures[0]!));
  return settings;
}

const isWithoutCause = (failure: Failure): boolean => failure.kind === 'unexplained' && failure.cause === 'refused';

/** What makes refusals alike: Moodle's error code, which is all that it says in production. */
export const words = (failure: Failure): string => `${failure.cause} ${failure.about ?? ''}`;
