/** Unless reported for so long, counted while nothing is paused, a place is given up: 6 hours. */
export const placeLifetime = 6 * 3_600_000;

/**
 * The clock by which places grow old: it stands still in a pause, and a gap longer than `longest` (a sleeping machine,
 * a process held up) counts as no more than that.
 */
export function clockTick(sinceLastTick: number, paused: boolean, longest = 15 * 60_000): number {
  return paused ? 0 : Math.min(Math.max(0, sinceLastTick), longest);
}
