/**
 * Parts of the window that must be free before 1C is asked again at once. A page costs 1C about the same, however few
 * are new: at least the first; from the second on waiting saves little more.
 */
const worthAsking = { atLeast: 0.25, inAnyCase: 0.75 };

export interface Moment {
  /** Any service of the system is paused. */
  paused: boolean;
  window: number;
  /** Places taken, and errors that wait for one. */
  taken: number;
  /** Milliseconds since the last question was sent; absent before the first. */
  sinceQuestion?: number;
  /** The last answer brought somebody new. */
  broughtNew: boolean;
  /** Rest between two questions when there was nothing new, milliseconds. */
  interval: number;
  /** From the last question until its students were published, milliseconds; and what has become free since then. */
  answer?: { took: number; since: number; freed: number };
}

/** What is under way would be through before the next answer is there: twice over, for no answer takes as long as the last. */
function runsDry({ taken, answer }: Moment): boolean {
  if (answer === undefined || answer.freed <= 0) return false;
  return taken / (answer.freed / Math.max(1, answer.since)) <= 2 * answer.took;
}

/** 0: ask now. Otherwise milliseconds after which it is worth looking again. */
export function restBeforeQuestion(moment: Moment, look = 500): number {
  const { paused, window, taken, sinceQuestion, broughtNew, interval } = moment;
  const free = window - taken;
  if (paused || free <= 0) return look;
  if (sinceQuestion === undefined) return 0;
  const part = free / window;
  if (broughtNew && (part >= worthAsking.inAnyCase || (part >= worthAsking.atLeast && runsDry(moment)))) return 0;
  const rest = interval - sinceQuestion;
  if (rest <= 0) return 0;
  return broughtNew ? Math.min(rest, look) : rest;
}

/** Rest after the n-th failing question in a row (1 = the first) that speaks of no outage: 5 s, doubling to 5 min. */
export const restAfterFailure = (inARow: number): number => Math.min(5_000 * 2 ** (inARow - 1), 300_000);
