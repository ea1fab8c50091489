/** What the processes of one service have settled of one system since each began, by outcome. */
export type Counts = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Messages that came to an end, were put on the ladder again, and were given up. */
export interface Settled {
  done: number;
  retried: number;
  dead: number;
}

const outcomes: Record<string, keyof Settled> = { done: 'done', superseded: 'done', retry: 'retried', dead: 'dead' };

/**
 * What was settled between two looks at the counts. They begin at nought with each process: whoever is new has done all
 * of its own since, and of whoever is gone the last moments are not known.
 */
export function settledBetween(before: Counts, after: Counts): Settled {
  const settled: Settled = { done: 0, retried: 0, dead: 0 };
  for (const [process, counts] of after) {
    const had = before.get(process) ?? {};
    for (const [outcome, count] of Object.entries(counts)) {
      const part = outcomes[outcome];
      if (part) settled[part] += Math.max(0, count - (had[outcome] ?? 0));
    }
  }
  return settled;
}
