import type { Guard } from '../answering/guard.js';
import type { TakeLease } from '../consuming/take-lease.js';

/** Never pauses: what fails for the whole system climbs the ladder. */
export const alwaysOpen = (): Guard => {
  const never = new AbortController().signal;
  return {
    admission: () => Promise.resolve('open'),
    paused: () => never,
    judge: () => Promise.resolve('ladder'),
    mended: () => Promise.resolve(),
    untried: () => Promise.resolve(),
    answered: () => 0,
  };
};

/** For a single process: holds at once. */
export const leaseForOne: TakeLease = () =>
  Promise.resolve({ lost: new AbortController().signal, release: () => Promise.resolve() });
