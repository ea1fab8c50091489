import type { Failure } from '#contracts';

/** How a queue's consumer may work: `trial` lets one message through to see whether a wrong setting was mended. */
export type Admission = 'open' | 'trial';

/**
 * Decides when a queue's consumer may work. The transport asks; whoever knows the system answers.
 */
export interface Guard {
  /** Resolves as soon as work is allowed; rejects when `stop` aborts. */
  admission(stop: AbortSignal): Promise<Admission>;
  /** Aborts when a pause begins. A new signal after each {@link admission}. */
  paused(): AbortSignal;
  /**
   * A message failed for a reason that speaks of the whole system. `handBack`: it is so, and a pause now stands.
   * `ladder`: the system answers a probe, so it is this message's own trouble.
   */
  judge(failure: Failure, error: unknown): Promise<'handBack' | 'ladder'>;
  /** The trial message was handled: the setting is mended, the pause ends. */
  mended(): Promise<void>;
  /** Nobody waits by whom the setting could be tried. The pause ends: a paused system would be offered nobody either. */
  untried(): Promise<void>;
  /** Calls that the system has answered so far: a trial during which none was has proved nothing. */
  answered(): number;
}
