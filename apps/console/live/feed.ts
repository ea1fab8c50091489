import { randomBytes } from 'node:crypto';

/** What may have changed; a page asks anew what it shows of it. */
export const topics = ['overview', 'failures', 'replays', 'systems', 'students', 'examinations', 'notices'] as const;
export type Topic = (typeof topics)[number];

export interface Change {
  id: string;
  topic: Topic;
}

type Listener = (change: Change) => void;

/** Changes that are kept for those who come back. */
const kept = 500;

/**
 * Changes in their order, with the newest kept: who has lost the connection gets what was missed. Whoever comes from
 * another process, or after too long, is told that everything may have changed.
 */
export class Feed {
  private readonly process = randomBytes(6).toString('hex');
  private readonly changes: Change[] = [];
  private readonly listeners = new Set<Listener>();
  private number = 0;

  changed(topic: Topic): void {
    const change = { id: this.idOf(++this.number), topic };
    this.changes.push(change);
    if (this.changes.length > kept) this.changes.shift();
    for (const listener of this.listeners) listener(change);
  }

  /** What was missed since this id, each topic once, with the newest id. */
  since(last: string): Change[] {
    const newest = this.idOf(this.number);
    const index = last === newest ? this.changes.length : this.changes.findIndex(({ id }) => id === last) + 1;
    const missed = last === newest ? [] : index > 0 ? this.changes.slice(index).map(({ topic }) => topic) : topics;
    return [...new Set(missed)].map((topic) => ({ id: newest, topic }));
  }

  /** @returns the way to stop */
  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** For a first beat: where somebody who comes now begins. */
  get newest(): string {
    return this.idOf(this.number);
  }

  private idOf(number: number): string {
    return `${this.process}-${number}`;
  }
}
