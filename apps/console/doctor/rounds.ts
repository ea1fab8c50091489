import { once } from 'node:events';
import { ground, roundsBy, type Examinations } from './examinations.js';

/** Milliseconds. */
const examinedEvery = 3_600_000;

/** Whom nobody has examined for an hour; what is under way is left to whoever is at it. */
export function due(
  known: readonly { system: string; begunAt: Date }[],
  systems: readonly string[],
  now: number,
): string[] {
  const begun = new Map(known.map(({ system, begunAt }) => [system, begunAt.getTime()]));
  return systems.filter((system) => now - (begun.get(system) ?? -Infinity) >= examinedEvery);
}

/** The doctor's round of all systems and of what they stand on, one after another: the console on duty makes it. */
export class Rounds {
  private readonly whom: readonly string[];

  constructor(
    private readonly examinations: Pick<Examinations, 'list' | 'begin'>,
    systems: readonly string[],
  ) {
    this.whom = [ground, ...systems];
  }

  async make(stop: AbortSignal, now = Date.now()): Promise<void> {
    for (const system of due(await this.examinations.list(this.whom), this.whom, now)) {
      if (stop.aborted) return;
      const { ended } = await this.examinations.begin(system, roundsBy);
      await Promise.race([ended, once(stop, 'abort')]);
    }
  }
}
