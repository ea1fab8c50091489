import { setTimeout as sleep } from 'node:timers/promises';

/** Rests for so many milliseconds, less when `stop` aborts. Never rejects. */
export const rest = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined);
