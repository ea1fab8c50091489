/** Milliseconds. */
const minute = 60_000;
const steps = [1, 5, 15, 60].map((minutes) => minutes * minute);
/** So old a notice is no news. */
const givenUpAfter = 3 * 24 * 60 * minute;

/** When a notice of that time is to be tried again after so many failures; null: never. */
export function nextTry(time: Date, failures: number, now: Date): Date | null {
  const next = now.getTime() + steps[Math.min(failures, steps.length) - 1]!;
  return next - time.getTime() > givenUpAfter ? null : new Date(next);
}
