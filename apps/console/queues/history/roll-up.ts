/** One look at the queues of one service and system, or what several looks come to. */
export interface Sample {
  system: string;
  service: string;
  /** When its minutes begin. */
  time: Date;
  /** Of how many minutes it is. */
  minutes: number;
  ready: number | null;
  inHand: number | null;
  retry: number | null;
  /** In the dead-letter queue: not yet drained. */
  dead: number | null;
  /** Settled in these minutes; null: not known. */
  done: number | null;
  retried: number | null;
  died: number | null;
}

export const minute = 60_000;
/** Minutes of a rolled-up sample. */
export const rolledMinutes = 10;
/** Milliseconds: so long each minute is kept, and then each ten of them. */
export const minutesKept = 60 * minute;
export const kept = 24 * 60 * minute;

const known = (values: (number | null)[]): number[] => values.filter((value) => value !== null);
const highest = (values: (number | null)[]): number | null =>
  known(values).length === 0 ? null : Math.max(...known(values));
const sum = (values: (number | null)[]): number | null =>
  known(values).length === 0 ? null : known(values).reduce((a, b) => a + b, 0);

const startOf = (time: Date, minutes: number): number =>
  Math.floor(time.getTime() / (minutes * minute)) * minutes * minute;

/** The minute in which a look falls. */
export const minuteOf = (time: Date): Date => new Date(startOf(time, 1));

/** Where the tens of minutes end that are rolled up now: only whole ones are, and only those older than what is kept. */
export const rolledUntil = (now: Date): Date => new Date(startOf(new Date(now.getTime() - minutesKept), rolledMinutes));

/** Ten minutes for one: of depths the highest, for a peak is what one looks for; of what was settled the sum. */
export function rollUp(samples: readonly Sample[]): Sample[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.system, sample.service, startOf(sample.time, rolledMinutes)]);
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].map((group): Sample => {
    const { system, service, time } = group[0]!;
    const of = (part: 'ready' | 'inHand' | 'retry' | 'dead' | 'done' | 'retried' | 'died') =>
      group.map((sample) => sample[part]);
    return {
      ...{ system, service, time: new Date(startOf(time, rolledMinutes)), minutes: rolledMinutes },
      ...{ ready: highest(of('ready')), inHand: highest(of('inHand')), retry: highest(of('retry')) },
      ...{ dead: highest(of('dead')), done: sum(of('done')), retried: sum(of('retried')), died: sum(of('died')) },
    };
  });
}
