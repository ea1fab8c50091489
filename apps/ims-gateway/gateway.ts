import { rest } from '#platform';
import type { Intake } from './intake/intake.js';
import type { Reports } from './filing/reports.js';
import type { Retention } from './ledger/retention.js';
import type { Window } from './window.js';

export interface GatewayParts {
  intake: Pick<Intake, 'step'>;
  window: Pick<Window, 'step' | 'tick'>;
  reports: Pick<Reports, 'step'>;
  retention: Pick<Retention, 'step'>;
  /** Is any service of the system paused? */
  paused(): boolean;
}

/** Milliseconds between two looks when there is nothing to do. */
const look = 500;

/** The files of one system, for one tenure: taking, publishing and reporting in turn, so that none overtakes another. */
export class Gateway {
  constructor(private readonly parts: GatewayParts) {}

  /** Until stopped. Throws what fails; then this one is over, and a new one begins from what is written. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) if (!(await this.step(stop))) await rest(look, stop);
  }

  /** One turn; answers whether the next is worth while at once. */
  async step(stop: AbortSignal): Promise<boolean> {
    const { intake, window, reports, retention, paused } = this.parts;
    const standing = paused();
    await window.tick(standing);
    if (standing) return false;
    const took = await intake.step(stop);
    const published = await window.step();
    const reported = await reports.step();
    const forgot = await retention.step();
    return took || published || reported || forgot;
  }
}
