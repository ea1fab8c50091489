/** A publisher's count on its copies for the journal. */
export interface Count {
  publisher: string;
  n: number;
  /** When the event was made, milliseconds. */
  at: number;
}

/** Copies that one publisher sent and that did not come. */
export interface Gap {
  publisher: string;
  /** First and last number that is missing. */
  from: number;
  to: number;
  /** Milliseconds: between these two events. */
  after?: number;
  before: number;
}

export interface Seen {
  n: number;
  at: number;
}

/** `<publisher>/<n>` */
export function readCount(header: unknown, at: number): Count | undefined {
  const [, publisher, n] = (typeof header === 'string' && /^([\w.-]{1,100})\/([1-9]\d{0,14})$/.exec(header)) || [];
  return publisher === undefined ? undefined : { publisher, n: Number(n), at };
}

/**
 * Every publisher counts what it sends to the journal: a number that is more than one above the last is a gap. The
 * queue drops its head when it is full, a broken connection may lose copies; both show. What is lost at the very end of
 * a publisher's life does not. Numbers that come late are given back apart: they fill what was held for missing.
 */
export function gapsIn(
  before: ReadonlyMap<string, Seen>,
  counts: readonly Count[],
): { gaps: Gap[]; seen: Map<string, Seen>; late: Count[] } {
  const seen = new Map<string, Seen>();
  const gaps: Gap[] = [];
  const late: Count[] = [];
  for (const count of counts) {
    const { publisher, n, at } = count;
    const last = seen.get(publisher) ?? before.get(publisher);
    if (last && n <= last.n) {
      late.push(count);
      continue;
    }
    const from = (last?.n ?? 0) + 1;
    if (n > from) gaps.push({ publisher, from, to: n - 1, before: at, ...(last && { after: last.at }) });
    seen.set(publisher, { n, at });
  }
  return { gaps, seen, late };
}
