import { problemOf } from '../../../api/problem.js';
import type { Line } from '../sheet/lines.js';

/** What is entered in the head of the form. */
export interface Header {
  /** Code of the ELS. */
  system: string | null;
  comment: string;
  /** Set by hand; null: the moment of posting. */
  date: string | null;
  display: 'all' | 'empty' | null;
}

export interface Content extends Header {
  lines: readonly Line[];
}

/** What the server says of a document that it keeps. */
export interface KeptHead {
  id: string;
  number: string;
  date: string;
  version: number;
}

export interface KeepingPort {
  create(content: Content): Promise<KeptHead>;
  save(id: string, version: number, content: Content): Promise<KeptHead>;
}

export type Keeping =
  | { kind: 'nothing' }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'kept'; time: number }
  /** Another person has saved it: who, and when. */
  | { kind: 'stale'; by: string; time: string }
  | { kind: 'failed'; error: unknown };

/** It is saved when the hand rests so long; tried again, when it failed, after the longer. Milliseconds. */
const usual = { rest: 900, again: 5_000 };

/**
 * Keeps the draft on the server while it is edited: the whole of it, over the version that was seen. What another has
 * saved meanwhile is not written over; then nothing is saved until a person has decided.
 */
export class Keeper {
  private readonly listeners = new Set<() => void>();
  private present: Keeping = { kind: 'nothing' };
  private known: KeptHead | undefined;
  private seen: readonly Line[] = [];
  private dirty = false;
  private ended = false;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly port: KeepingPort,
    private readonly content: () => Content,
    private readonly pace = usual,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly state = (): Keeping => this.present;
  readonly head = (): KeptHead | undefined => this.known;
  /** The lines as they were last known to be on the server. */
  readonly base = (): readonly Line[] => this.seen;
  readonly isDirty = (): boolean => this.dirty;

  /** What the server holds now, read or merged by hand. */
  startFrom(head: KeptHead, lines: readonly Line[]): void {
    this.known = head;
    this.seen = lines;
    this.dirty = false;
    this.set({ kind: 'nothing' });
  }

  /** Something was entered. */
  touch(): void {
    this.dirty = true;
    if (this.present.kind === 'stale') return;
    this.set({ kind: 'waiting' });
    this.later(this.pace.rest);
  }

  /** Until the server has everything. @throws what it refused with */
  async flush(): Promise<KeptHead | undefined> {
    clearTimeout(this.timer);
    while (!this.ended && (this.dirty || this.running)) await (this.running ?? this.save());
    return this.known;
  }

  /** Saves no more, whatever was or will be entered. @returns what the server holds, when the save under way is over */
  async end(): Promise<KeptHead | undefined> {
    this.ended = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
    clearTimeout(this.timer);
    return this.known;
  }

  /** It is kept after all. */
  resume(): void {
    this.ended = false;
    if (this.dirty) this.touch();
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => undefined), milliseconds);
  }

  private save(): Promise<void> {
    this.dirty = false;
    this.set({ kind: 'saving' });
    const content = this.content();
    const sent = this.known ? this.port.save(this.known.id, this.known.version, content) : this.port.create(content);
    this.running = sent
      .then(
        (head) => {
          this.known = head;
          this.seen = content.lines;
          this.set(this.dirty ? { kind: 'waiting' } : { kind: 'kept', time: Date.now() });
        },
        (error: unknown) => {
          this.dirty = true;
          this.set(whyNot(error));
          if (problemOf(error).status === 0) this.later(this.pace.again);
          throw error;
        },
      )
      .finally(() => (this.running = undefined));
    return this.running;
  }

  private set(state: Keeping): void {
    this.present = state;
    for (const listener of this.listeners) listener();
  }
}

function whyNot(error: unknown): Keeping {
  const problem = problemOf(error);
  if (!problem.isNamed('version')) return { kind: 'failed', error };
  const { writtenBy, writtenAt } = problem.body.details ?? {};
  return { kind: 'stale', by: String(writtenBy ?? ''), time: String(writtenAt ?? '') };
}
