import type { Failure } from '#contracts';
import type { ToldToOneC } from '#persistence';

/** What 1C is to be told of a student. */
export interface Report {
  /** The student's code. */
  code: string;
  revision: number;
  told: ToldToOneC;
}

/** What 1C was really told: an *error* may have to be weakened to *later*. */
export interface Sent {
  told: ToldToOneC;
  /** Unix seconds until which 1C hides the student; none after an error. */
  validUntil?: number;
  /** Of a *later*: for how many hours it was said. */
  laterHours?: number;
}

/** What 1C was last told of a student. */
export interface LastTold extends Sent {
  revision: number;
}

/** 1C did not take the report, and why. */
export interface NotTaken {
  failure: Failure;
}

/** What became of one report. */
export type ReportResult =
  | { state: 'told'; told: ToldToOneC; validUntil?: number }
  /** 1C was told something newer, or something weightier of the same revision; whoever told it reports it. */
  | { state: 'superseded' }
  | { state: 'refused'; failure: Failure };

/** The system of a report, as 1C and as the ledgers know it. */
export interface ReportedSystem {
  id: string;
  els: string;
}
