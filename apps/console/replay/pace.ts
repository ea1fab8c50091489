/** So long a rest is made up for at the most: no burst after a pause. Milliseconds. */
const memory = 250;

/** How many may go now, at a steady number a second. */
export class Pace {
  private saved = 1;
  private last: number;

  /** @param rate a second; null: no limit */
  constructor(
    private readonly rate: number | null,
    now: number,
  ) {
    this.last = now;
  }

  allowed(now: number): number {
    if (this.rate === null) return Infinity;
    const most = 1 + (this.rate * memory) / 1000;
    this.saved = Math.min(most, this.saved + (Math.max(0, now - this.last) * this.rate) / 1000);
    this.last = now;
    return Math.floor(this.saved);
  }

  spend(count: number): void {
    if (this.rate !== null) this.saved -= count;
  }
}
