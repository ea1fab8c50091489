import type { Known } from '#window';
import type { Offer } from '../window/offer.js';
import type { Place } from '../window/places.js';

/** Another poller has taken the system over since: stop, write nothing more. */
export class TenureLostError extends Error {
  override name = 'TenureLostError';
}

/** The right to write for one system, from {@link WindowLedger.begin} until the next one begins. */
export interface Tenure {
  system: string;
  number: number;
}

export interface Begun {
  tenure: Tenure;
  bindingSequence: number;
  /** The newest fault of 1C's own finding that is noted here. */
  errorSequence: number;
  pagesLost?: PagesLost;
  /** Places found written but not confirmed: whether they were published nobody knows, so they are given up. */
  givenUp: string[];
}

export interface WindowState {
  /** Who holds a place. */
  inFlight: Set<string>;
  /** Errors that wait for a place, oldest first. */
  owed: Offer[];
}

export interface Reported {
  code: string;
  revision: number;
}

export interface Withdrawn extends Reported {
  before?: Place['before'];
}

/** Answers of a foreign 1C that were never noted, although 1C may have flagged students in giving them. */
export interface PagesLost {
  number: number;
  /** When the first of them was asked for, milliseconds. */
  since: number;
}

/** The rows that 1C has written of its own hold a month: after that it says the errors again. Milliseconds. */
export const lostFor = 32 * 24 * 3_600_000;

/** What is noted together with the places: nothing of an answer is left in hand once they are written. */
export interface AnswerNoted {
  /** Faults up to this number. */
  errorSequence?: number;
  /** The page that {@link WindowLedger.asks} announced, or that 1C has surely given none. */
  page?: true;
}

/** What the poller notes of a window. The store is PostgreSQL; the laws are also proved over one in memory. */
export interface WindowLedger {
  begin(system: string): Promise<Begun>;
  state(system: string): Promise<WindowState>;
  known(system: string, codes: string[]): Promise<Map<string, Known>>;
  /** Writes places, not yet marked, and the errors for which there is no place; and of what answer these are the last. */
  take(tenure: Tenure, places: Place[], owed: Offer[], noted?: AnswerNoted): Promise<void>;
  /**
   * A page is asked for of a 1C that says an error once: unless it is noted, the next {@link begin} counts it as lost.
   * Milliseconds. Answers what is lost by now.
   */
  asks(tenure: Tenure, time: number): Promise<PagesLost | undefined>;
  /** A person has looked after what the lost pages left in 1C. */
  lookedAfter(system: string): Promise<void>;
  /** The broker has confirmed these. */
  mark(tenure: Tenure, published: Reported[]): Promise<void>;
  /**
   * These were not published after all and do not count as publications: their places are free again; a renewed one is
   * held on by what was published before it.
   */
  withdraw(tenure: Tenure, places: Withdrawn[]): Promise<void>;
  /** Moves the running clock on and gives up the places that are older than `lifetime` on it. Milliseconds. */
  tick(tenure: Tenure, elapsed: number, lifetime: number): Promise<string[]>;
  bindingsPublished(tenure: Tenure, sequence: number): Promise<void>;
  /** 1C was told of these (or will not be): their places are free. Any replica may say so. */
  reported(system: string, reports: Reported[]): Promise<number>;
}
