/** A publisher's count on its copies for the journal. */
export interface Count {
  publisher: string;
  n: number;
  /** When the event was made, milliseconds. */
  time: number;
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
  time: number;
}

/** Numbers that a publisher gave to the events of one message. */
export interface Numbers {
  publisher: string;
  first: number;
  last: number;
}

/** `<publisher>/<first>-<last>`, or `<publisher>/<n>` of one. */
export function readNumbers(header: unknown): Numbers | undefined {
  const read = typeof header === 'string' && /^([\w.-]{1,100})\/([1-9]\d{0,14})(?:-([1-9]\d{0,14}))?$/.exec(header);
  if (!read) return undefined;
  const [publisher, first, last] = [read[1]!, Number(read[2]), Number(read[3] ?? read[2])];
  return first <= last ? { publisher, first, last } : undefined;
}

/**
 * Every publisher counts what it sends to the journal: a number that is more than one above the last is a gap. The
 * queue drops its head when it is full, a broken connection may lose copies; both show. What is lost at the very end of
 * a publisher's life does not. Numbers that come late are given back apart: they fill what was held for missing.
 */
export function gapsIn<C extends Count>(
  before: ReadonlyMap<string, Seen>,
  counts: readonly C[],
): { gaps: Gap[]; seen: Map<string, Seen>; late: C[] } {
  const seen = new Map<string, Seen>();
  const gaps: Gap[] = [];
  const late: C[] = [];
  for (const count of counts) {
    const { publisher, n, time } = count;
    const last = seen.get(publisher) ?? before.get(publisher);
    if (last && n <= last.n) {
      late.push(count);
      continue;
    }
    const from = (last?.n ?? 0) + 1;
    if (n > from) gaps.push({ publisher, from, to: n - 1, before: time, ...(last && { after: last.time }) });
    seen.set(publisher, { n, time });
  }
  return { gaps, seen, late };
}
