import type { Failure } from '#contracts';
import { halvedBatches } from './metrics.js';

interface BudgetOptions {
  system: string;
  maxInputVars: number;
  log?: { warn(text: string, fields?: Record<string, unknown>): void };
}

/** How many values a call may hold beside its header. Shrinks when the site proves to bear less; never grows. */
export class LeafBudget {
  #limit: number;

  constructor(
    private readonly options: BudgetOptions,
    header: number,
  ) {
    this.#limit = options.maxInputVars - header;
  }

  get limit(): number {
    return this.#limit;
  }

  /** A call of so many leaves lost its end, or did not get through. */
  halve(leaves: number, why: Failure): void {
    this.#limit = Math.max(1, Math.min(this.#limit, Math.floor(leaves / 2)));
    halvedBatches.inc({ system: this.options.system });
    this.options.log?.warn(`${why.reason.en}: smaller batches from now on`, {
      system: this.options.system,
      configured: this.options.maxInputVars,
      sent: leaves,
      limit: this.#limit,
    });
  }
}
