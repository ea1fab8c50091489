import { setTimeout as rest } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { log, Troubles } from '#platform';
import { Feed } from './feed.js';
import { changedTopics, signsOf } from './signs.js';

/** Milliseconds. */
const lookEvery = 2_000;

/** Looks at the database for everybody who follows, and only while somebody does: another replica may have changed it. */
export class Watch {
  private readonly troubles = new Troubles(log('Live'), 'changes cannot be looked for', { every: lookEvery });
  private followers = 0;
  private watching?: AbortController;
  private readonly ends = new Set<() => void>();
  /** Kept while nobody follows: what changed meanwhile is told to whoever comes back. */
  private before: Awaited<ReturnType<typeof signsOf>> = new Map();
  private looked = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    readonly feed = new Feed(),
  ) {}

  /** `ended`: when the process closes. @returns the way to stop */
  follow(listener: Parameters<Feed['follow']>[0], ended: () => void): () => void {
    const stop = this.feed.follow(listener);
    this.ends.add(ended);
    if (++this.followers === 1) this.begin();
    let following = true;
    return () => {
      if (!following) return;
      following = false;
      stop();
      this.ends.delete(ended);
      if (--this.followers === 0) this.watching?.abort();
    };
  }

  /** The first look of this watching is over: whatever changes from here on is told. */
  get ready(): Promise<void> {
    return this.looked;
  }

  onModuleDestroy(): void {
    this.watching?.abort();
    for (const end of this.ends) end();
  }

  private begin(): void {
    const { signal } = (this.watching = new AbortController());
    this.looked = new Promise((looked) => void this.look(signal, looked));
  }

  private async look(stop: AbortSignal, looked: () => void): Promise<void> {
    while (!stop.aborted) {
      try {
        const now = await signsOf(this.dataSource);
        if (stop.aborted) return;
        for (const topic of changedTopics(this.before, now)) this.feed.changed(topic);
        this.before = now;
        looked();
        this.troubles.succeeded();
      } catch (error) {
        if (!stop.aborted) this.troubles.failed(error);
      }
      await rest(lookEvery, undefined, { signal: stop, ref: false }).catch(() => undefined);
    }
  }
}
