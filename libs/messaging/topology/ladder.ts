import { ladder, type RetryStep } from './topology.js';

/**
 * Where a message waits before its next try: the step of its number of failures, or by chance the step above, so that
 * messages that failed together do not come back together.
 * @param attempt failures so far, this one included (1 = the first)
 * @param random in [0, 1)
 * @param from lowest step allowed: after a timeout PHP may still be at work
 * @returns nothing when the ladder is used up
 */
export function nextStep(attempt: number, random: number, from?: RetryStep): RetryStep | undefined {
  if (attempt > ladder.length) return undefined;
  const lowest = from ? ladder.findIndex((step) => step.name === from) : 0;
  const step = Math.max(attempt - 1, lowest);
  return ladder[random < 0.75 ? step : Math.min(step + 1, ladder.length - 1)]?.name;
}
