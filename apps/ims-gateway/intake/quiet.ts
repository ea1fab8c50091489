import type { Dropped } from './folder.js';

interface Seen extends Dropped {
  /** Since when it has looked like this, milliseconds. */
  since: number;
}

/** Tells which files are written to the end: those that have kept size and time for long enough. */
export class QuietFiles {
  private seen = new Map<string, Seen>();

  constructor(
    /** Milliseconds. */
    private readonly quietFor: number,
  ) {}

  /** What lies in the folder at `now`; answers the names of those that are quiet, in the order given. */
  look(files: readonly Dropped[], now: number): string[] {
    const seen = new Map<string, Seen>();
    for (const file of files) {
      const before = this.seen.get(file.name);
      const same = before && before.size === file.size && before.changed === file.changed;
      seen.set(file.name, same ? before : { ...file, since: now });
    }
    this.seen = seen;
    return [...seen.values()].filter(({ since }) => now - since >= this.quietFor).map(({ name }) => name);
  }
}
