/** Undo log: what a failed call has written is taken back, as the database would. */
export class Transactions {
  private undo: (() => void)[] | undefined;

  /** Runs `deed` whole or not at all. */
  run<T>(deed: () => T): T {
    if (this.undo) return deed();
    const undo: (() => void)[] = [];
    this.undo = undo;
    try {
      return deed();
    } catch (error) {
      for (let i = undo.length - 1; i >= 0; i--) undo[i]!();
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  /** Notes how to take one write back. */
  note(back: () => void): void {
    this.undo?.push(back);
  }
}
