import { setTimeout as rest } from 'node:timers/promises';
import type { Bilingual } from '#contracts';
import { problemOf } from '#http-api';

/** Milliseconds that an answer waits for whoever is asked; then it says that they are being asked. */
const patience = 200;

/** What is known of something that somebody else has to be asked for. */
export interface Known<T> {
  value?: T;
  /** When that was read. */
  readAt: Date | null;
  /** They are being asked since then, and have not answered yet. */
  askedSince: Date | null;
  /** Why it could not be read the last time. */
  trouble: Bilingual | null;
}

/** Asks others, who may be slow or away, without making anybody wait: the newest answer stands until the next. */
export class LastKnown<T> {
  private value?: { read: T; time: Date };
  private asking?: { since: Date; ended: Promise<void> };
  private trouble?: Bilingual;

  /** `goodFor`: milliseconds in which nobody is asked again. */
  constructor(
    private readonly ask: () => Promise<T>,
    private readonly goodFor: number,
  ) {}

  async newest(): Promise<Known<T>> {
    const { value } = this;
    if (!value || Date.now() - value.time.getTime() >= this.goodFor) {
      this.asking ??= this.begin();
      await Promise.race([this.asking.ended, rest(patience, undefined, { ref: false })]);
    }
    return {
      ...(this.value && { value: this.value.read }),
      readAt: this.value?.time ?? null,
      askedSince: this.asking?.since ?? null,
      trouble: this.trouble ?? null,
    };
  }

  /** It was changed: what is known is told no more, nor what is being answered now. */
  forget(): void {
    delete this.value;
    delete this.asking;
  }

  private begin(): NonNullable<LastKnown<T>['asking']> {
    const since = new Date();
    const mine = (): boolean => this.asking === asking;
    const ended = this.ask().then(
      (read) => {
        if (!mine()) return;
        this.value = { read, time: since };
        delete this.trouble;
        delete this.asking;
      },
      (error: unknown) => {
        if (!mine()) return;
        const { detail, title } = problemOf(error).told;
        this.trouble = detail ?? title;
        delete this.asking;
      },
    );
    const asking = { since, ended };
    return asking;
  }
}
