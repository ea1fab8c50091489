/** What stands for a place: `error` is what its source will not say again. `hash` tells one content from another. */
export interface Offered {
  kind: string;
  code: string;
  hash: string;
}

/** What was published of a student, and when (milliseconds). */
export interface Publication {
  hash: string;
  time: number;
}

/** What the ledger knows of one student. */
export interface Known {
  code: string;
  revision: number;
  /** Content of the last publication. */
  hash: string;
  /** Does the student hold a place? */
  inFlight: boolean;
  /** Publications of the last hour. */
  recent: readonly Publication[];
}

/** One place of the window, about to be written. */
export interface Place<O extends Offered> {
  offer: O;
  revision: number;
  /** The student holds a place already: its content has changed under way. */
  renewed: boolean;
  /** What was published in this place before. */
  before?: { revision: number; hash: string };
  recent: Publication[];
}

export interface Choice<O extends Offered> {
  places: Place<O>[];
  /** Errors that will not be repeated and for which no place is free: kept until one is. */
  owed: O[];
  /** The same is offered again and again although it was told: nothing more is published of them for now. */
  heldOff: string[];
  /** In flight and unchanged, or reported while the question was under way. */
  waiting: number;
  /** New, but no place was free. */
  left: number;
  /** Places still free. */
  free: number;
}

export interface Situation<O extends Offered> {
  /** Errors kept from earlier offers. They come first. */
  owed: readonly O[];
  /** One per code, in their source's order. */
  offers: readonly O[];
  /** What the ledger knows now, after the answer. */
  known: ReadonlyMap<string, Known>;
  /** Who held a place when the question was sent: the answer may be older than their report. */
  inFlightWhenAsked: ReadonlySet<string>;
  /** Free places now. */
  free: number;
  /** Milliseconds of the reading. */
  now: number;
}

export const sameContentPerHour = 3;
const hour = 3_600_000;

/** Grows with every reading, also over a clock that was set back. */
export const nextRevision = (previous: number | undefined, now: number): number => Math.max((previous ?? -1) + 1, now);

const lastHour = (known: Known | undefined, now: number): Publication[] =>
  (known?.recent ?? []).filter(({ time }) => time > now - hour);

/**
 * Who of the offered is published. Everyone who held no place when the question was sent, changed or not, as far as
 * places are free; whoever holds one only with another content, at once and in the same place.
 */
export function choose<O extends Offered>(situation: Situation<O>): Choice<O> {
  const { known, inFlightWhenAsked, now } = situation;
  const choice: Choice<O> = { places: [], owed: [], heldOff: [], waiting: 0, left: 0, free: situation.free };
  const taken = new Set<string>();

  const consider = (offer: O, wasInFlight: boolean): void => {
    if (taken.has(offer.code)) return;
    const student = known.get(offer.code);
    const renewed = student?.inFlight === true;
    if ((renewed || wasInFlight) && student?.hash === offer.hash) {
      choice.waiting += 1;
      return;
    }
    const recent = lastHour(student, now);
    if (recent.filter(({ hash }) => hash === offer.hash).length >= sameContentPerHour) {
      choice.heldOff.push(offer.code);
      return;
    }
    if (!renewed && choice.free <= 0) {
      if (offer.kind === 'error') choice.owed.push(offer);
      else choice.left += 1;
      return;
    }
    if (!renewed) choice.free -= 1;
    taken.add(offer.code);
    choice.places.push({
      offer,
      revision: nextRevision(student?.revision, now),
      renewed,
      ...(renewed && { before: { revision: student.revision, hash: student.hash } }),
      recent: [...recent, { hash: offer.hash, time: now }],
    });
  };

  const offeredNow = new Set(situation.offers.map((offer) => offer.code));
  for (const offer of situation.owed) {
    // A newer word about the same student replaces what is still owed.
    if (!offeredNow.has(offer.code)) consider(offer, false);
  }
  const errorsFirst = [...situation.offers].sort((a, b) => Number(b.kind === 'error') - Number(a.kind === 'error'));
  for (const offer of errorsFirst) consider(offer, inFlightWhenAsked.has(offer.code));
  return choice;
}
