import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Switches } from './switches.js';

/** What becomes of a call: it runs (and gives its place back), or it is refused with a status. */
export type Admission = { refused: 400 | 406 | 'licence' } | { setCookie?: string; leave: () => void };

/** Sessions of the publication, and the licences they hold. */
export class Sessions {
  private readonly open = new Map<string, number>();
  private inHand = 0;

  constructor(private readonly switches: Switches) {}

  /** Sessions that stand open now. */
  get count(): number {
    this.endIdle();
    return this.open.size;
  }

  async admit(request: IncomingMessage): Promise<Admission> {
    const { sessions, licences } = this.switches;
    this.endIdle();
    const asked = String(request.headers.ibsession ?? '').toLowerCase();
    const cookie = /ibsession=([^;\s]+)/i.exec(request.headers.cookie ?? '')?.[1];
    if (sessions.mode === 'use' && cookie !== undefined) {
      if (!this.open.has(cookie)) return { refused: 400 };
      this.open.set(cookie, Date.now());
      return {
        leave: () => {
          if (asked === 'finish') this.open.delete(cookie);
          else if (this.open.has(cookie)) this.open.set(cookie, Date.now());
        },
      };
    }
    if (licences !== null && this.open.size + this.inHand >= licences) return { refused: 'licence' };
    if (sessions.mode === 'use' && asked === 'start') {
      if (this.open.size >= sessions.poolSize) return { refused: 406 };
      const id = randomUUID();
      this.open.set(id, Date.now());
      return { setCookie: `ibsession=${id}`, leave: () => undefined };
    }
    if (sessions.mode === 'autouse' && !(await this.placeInPool())) return { refused: 406 };
    this.inHand++;
    return { leave: () => void this.inHand-- };
  }

  /** All sessions end, as after a restart of the cluster: their cookies are unknown from now on. */
  forgetAll(): void {
    this.open.clear();
  }

  private async placeInPool(): Promise<boolean> {
    const until = Date.now() + this.switches.sessions.poolTimeout;
    while (this.inHand >= this.switches.sessions.poolSize) {
      if (Date.now() >= until) return false;
      await sleep(10);
    }
    return true;
  }

  private endIdle(): void {
    const oldest = Date.now() - this.switches.sessions.maxAge;
    for (const [id, used] of this.open) if (used < oldest) this.open.delete(id);
  }
}
