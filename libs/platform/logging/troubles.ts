import type { Fields, Logger } from './log.js';

/** Milliseconds. */
const rests = [1_000, 2_000, 5_000];

/** What a loop that goes on for ever says of its troubles: the first one, and that they are over. */
export class Troubles {
  private inARow = 0;

  constructor(
    private readonly logger: Logger,
    /** What does not succeed: `errands cannot be looked for`. */
    private readonly what: string,
    private readonly fields: Fields = {},
  ) {}

  /** How long to rest before the next try, milliseconds: from 1 s to 5 s. */
  failed(error: unknown): number {
    if (this.inARow === 0) this.logger.warn(`${this.what}; trying on`, { ...this.fields, error });
    const rest = rests[Math.min(this.inARow, rests.length - 1)]!;
    this.inARow += 1;
    return rest;
  }

  succeeded(): void {
    if (this.inARow > 0) this.logger.info(`${this.what}: over`, { ...this.fields, tries: this.inARow });
    this.inARow = 0;
  }
}
