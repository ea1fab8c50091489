import type { LastTold } from '#reporting';

export const hour = 3_600_000;

/**
 * SetErrorCronflag an hour at the most: 20, or 2 % of a large system's students. One wrong template or one broken
 * plugin must not hide a whole university for a month.
 */
export const errorFlagsPerHour = (students: number): number => Math.max(20, Math.floor(students * 0.02));

/** An Error flag that was held back by the limit; 1C heard *later* instead. */
export interface HeldFlag {
  code: string;
  revision: number;
}

/** Is the held failure still the newest that 1C was told of the student? Only then may a release flag it. */
export const stillThatFailure = (held: HeldFlag, last: LastTold | undefined): boolean =>
  last?.told === 'later' && last.revision === held.revision;
