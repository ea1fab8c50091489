/** Undo log: what a failed call has written is taken back, as the database would. */
export class Transactions {
  private undo: (() => void)[] | undefined;

  /** Runs `work` whole or not at all. */
  run<T>(work: () => T): T {
    if (this.undo) return work();
    const undo: (() => void)[] = [];
    this.undo = undo;
    try {
      return work();
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
