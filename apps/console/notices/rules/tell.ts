import type { StandingTrouble } from '../trouble.js';

/** A trouble that is known, and what of it has been told. Times in milliseconds. */
export interface KnownTrouble {
  /** As it was seen last. */
  trouble: StandingTrouble;
  seenAt: number;
  /** Null: nothing of it has been told. */
  toldNumber: number | null;
  /** Since when it is so much larger than was told. */
  grownAt: number | null;
  /** Since when it is no more. */
  endedAt: number | null;
}

export const changes = ['new', 'grown', 'ended'] as const;
export type ChangeKind = (typeof changes)[number];

/** One line of a notice. */
export interface Item {
  change: ChangeKind;
  trouble: StandingTrouble;
}

export interface Told {
  known: KnownTrouble[];
  /** Of one notice; empty: nothing is to be told now. */
  items: Item[];
}

/** Milliseconds that what happens together is gathered for, and that an end must last. */
export const gatherFor = 300_000;
const timesAsMany = 10;

/**
 * What is to be told now, of what stands now. Each trouble is told once, again when it is ten times as large, and once
 * when it is over; the end only of what was told. Quiet hours hold back and lose nothing.
 */
export function tell(
  before: readonly KnownTrouble[],
  standing: readonly StandingTrouble[],
  { now, quiet }: { now: number; quiet: boolean },
): Told {
  const known = merge(before, standing, now);
  const changed = known.flatMap((one) => {
    const change = changeOf(one);
    return change ? [{ ...change, one }] : [];
  });
  const isDue = ({ since }: { since: number }): boolean => now - since >= gatherFor;
  if (quiet || !changed.some(isDue)) return { known, items: [] };
  // An end that has not lasted yet may be none.
  const told = changed.filter((one) => one.change !== 'ended' || isDue(one));
  const all = new Set(told.map(({ one }) => one));
  return {
    known: known.flatMap((one) => {
      if (!all.has(one)) return [one];
      return one.endedAt !== null ? [] : [{ ...one, toldNumber: one.trouble.number, grownAt: null }];
    }),
    items: told.map(({ change, one: { trouble } }) => ({ change, trouble })),
  };
}

function merge(before: readonly KnownTrouble[], standing: readonly StandingTrouble[], now: number): KnownTrouble[] {
  const last = new Map(before.map((one) => [one.trouble.key, one]));
  const stands = new Map(standing.map((trouble) => [trouble.key, trouble]));
  const ended = before.flatMap((one) =>
    stands.has(one.trouble.key) || one.toldNumber === null
      ? []
      : [{ ...one, grownAt: null, endedAt: one.endedAt ?? now }],
  );
  return [
    ...[...stands.values()].map((trouble): KnownTrouble => {
      const { seenAt = now, toldNumber = null, grownAt = null } = last.get(trouble.key) ?? {};
      const grown = toldNumber !== null && trouble.number >= timesAsMany * toldNumber;
      return { trouble, seenAt, toldNumber, grownAt: grown ? (grownAt ?? now) : null, endedAt: null };
    }),
    ...ended,
  ];
}

function changeOf({
  seenAt,
  toldNumber,
  grownAt,
  endedAt,
}: KnownTrouble): { change: ChangeKind; since: number } | null {
  if (toldNumber === null) return { change: 'new', since: seenAt };
  if (endedAt !== null) return { change: 'ended', since: endedAt };
  return grownAt !== null ? { change: 'grown', since: grownAt } : null;
}
