/** What a call may meet instead of its answer. */
export const faultKinds = [
  'reset', // the connection is cut before anything is done
  'silent', // no answer, ever; nothing is done
  'lostAnswer', // everything is done, then the connection is cut
  'finishesLater', // the connection is cut, and PHP goes on: see `delayMs`
  'gatewayTimeout', // everything is done, the caller gets a proxy's 504
  'slow', // done and answered, `delayMs` later
  'http500', // a fatal PHP error: 500, text/html, empty
  'http401', // a proxy's pages
  'http404',
  'http413',
  'http502',
  'http403', // protocol or web services off: 403, empty
  'maintenance', // set in the pages: JSON, 200
  'cliMaintenance', // set by command line: 503, HTML, Retry-After
  'upgrade',
  'html', // a page with status 200
  'empty', // status 200, no body
  'redirect', // 303 to another address
  'redirectLoop', // 303 to the address that was called
  'junk', // a plugin's warning in front of the JSON
  'junkAfter', // PHP's notice at its shutdown and a proxy's comment behind the JSON
  'invalidToken',
  'accessException',
  'deadlock', // dmlwriteexception, everything rolled back
  'refused', // invalidparameter, everything rolled back, and nothing to be found that would explain it
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
  readonly kind: FaultKind;
  /** Only these functions; absent: all. */
  readonly functions?: readonly string[];
  /** Only calls in whose body this text stands, as the form encodes it. */
  readonly holding?: string;
  /** For so many calls, then the rule is spent; absent: until it is taken away. Counts down. */
  times?: number;
  /** Lets so many matching calls pass first. Counts down. */
  after?: number;
  /** 0 to 1, drawn from the sandbox's seed; absent: 1. */
  readonly probability?: number;
  /** For `slow`. For `finishesLater`: absent, the work is done just before the next call of the same function. */
  readonly delayMs?: number;
}

/** The first rule that strikes this call, if any; counts it. */
export function takeFault(
  rules: readonly FaultRule[],
  name: string,
  draw: () => number,
  body?: Buffer,
): FaultRule | undefined {
  for (const rule of rules) {
    if (rule.functions && !rule.functions.includes(name)) continue;
    if (rule.holding !== undefined && !body?.includes(rule.holding)) continue;
    if (rule.times !== undefined && rule.times <= 0) continue;
    if (rule.after !== undefined && rule.after > 0) {
      rule.after--;
      continue;
    }
    if (rule.probability !== undefined && draw() >= rule.probability) continue;
    if (rule.times !== undefined) rule.times--;
    return rule;
  }
  return undefined;
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function drawFrom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
