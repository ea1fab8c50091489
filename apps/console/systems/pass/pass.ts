/** How far 1C's students of one system are. */
export interface Pass {
  /** All whom 1C would have kept true in the system. Null: it is not known. */
  students: number | null;
  /** Those of them whom it would offer now: they are not done, or their time is over. */
  left: number | null;
  /** Outcomes a minute. */
  perMinute: number;
  /** Null: it is not known, or nothing goes on. */
  minutesLeft: number | null;
}

export function passOf(
  counted: { students: number; left: number } | undefined,
  perMinute: number,
  paused: boolean,
): Pass {
  if (!counted) return { students: null, left: null, perMinute, minutesLeft: null };
  const { students, left } = counted;
  const goesOn = perMinute > 0 && !paused;
  const minutesLeft = left === 0 ? 0 : goesOn ? Math.ceil(left / perMinute) : null;
  return { students, left, perMinute, minutesLeft };
}
