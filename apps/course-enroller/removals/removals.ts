/** An enrolment that is to be suspended, for nobody wants the course any more. */
export interface Leaving {
  userId: number;
  courseId: number;
}

/** Why one is held: more than the hour allows, or the whole system wanted nothing all at once. */
export type WhyHeld = 'limit' | 'emptied';

/** What a person has said of a held one. `discarded`: the enrolment stays, until the course has been wanted again. */
export type Decision = 'released' | 'discarded';

export const hour = 3_600_000;
/** Below it no limit bites: so few can be put right by hand. */
const always = 20;

/**
 * Suspensions an hour at the most: 20, or 2 % of a large system's enrolments. An emptied register must not close
 * every course to a whole university.
 */
export const removalsPerHour = (enrolments: number): number => Math.max(always, Math.floor(enrolments * 0.02));

/** From many to none: not one student of the system wants a course, though many are enrolled. */
export const isEmptied = ({ enrolments, wanted }: { enrolments: number; wanted: boolean }): boolean =>
  !wanted && enrolments > always;

export const leavingKey = ({ userId, courseId }: Leaving): string => `${userId}/${courseId}`;

export interface Brake {
  /** Held before; undecided: no person has looked yet. */
  held: ReadonlyMap<string, { decision?: Decision }>;
  /** Counted within the hour already: a repetition needs no allowance of its own. */
  counted: ReadonlySet<string>;
  /** How many more this hour allows. */
  left: number;
  emptied: boolean;
}

/** Who leaves now, what of that is counted against the hour, and who is held from now on. */
export function braked(
  leaving: readonly Leaving[],
  { held, counted, left, emptied }: Brake,
): { go: Set<string>; count: Leaving[]; hold: Leaving[] } {
  const go = new Set<string>();
  const count: Leaving[] = [];
  const hold: Leaving[] = [];
  for (const each of leaving) {
    const key = leavingKey(each);
    const before = held.get(key);
    if (before?.decision === 'released' || (!before && counted.has(key))) go.add(key);
    else if (before) continue;
    else if (emptied || count.length >= left) hold.push(each);
    else {
      go.add(key);
      count.push(each);
    }
  }
  return { go, count, hold };
}
