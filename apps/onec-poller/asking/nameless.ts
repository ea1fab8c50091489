import { alarm } from '#platform';
import type { Nameless } from '../window/offer.js';
import type { PollerPorts } from '../poller.js';
import { checks, namelessTroubles, pollerAlarms } from '../troubles.js';

/** Elements of the page that name nobody: said for as long as 1C sends them. For one tenure. */
export class NamelessElements {
  private announced?: string;

  constructor(
    private readonly system: string,
    private readonly ports: Pick<PollerPorts, 'found'>,
  ) {}

  /** All of the newest page. */
  async found(nameless: readonly Nameless[]): Promise<void> {
    alarm(
      pollerAlarms.nameless,
      this.system,
      nameless.length > 0,
      'GetStudents lists elements without a usable student code: they can be neither synchronized nor flagged, mend them in 1C',
      { number: nameless.length },
    );
    const now = JSON.stringify(nameless);
    if (now === this.announced) return;
    await this.ports.found(checks.nameless, namelessTroubles(nameless));
    this.announced = now;
  }
}
