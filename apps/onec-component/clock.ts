import { naiveOf, type NaiveDate } from '#synchronizer';

/** Nest injection token of the {@link Clock}. */
export const CLOCK = Symbol('CLOCK');

/** What time it is: milliseconds for sequence numbers, and the infobase's own date for registers. */
export class Clock {
  constructor(
    readonly zone: string,
    readonly milliseconds: () => number = Date.now,
  ) {}

  now(): NaiveDate {
    return naiveOf(this.milliseconds() / 1000, this.zone);
  }
}
