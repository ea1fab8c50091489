import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import { log } from '#platform';
import { addressOf } from '../../connection/data-source.js';
import { openWatchedConnection, type WatchedConnection } from '../../connection/watched-connection.js';
import { Pause, type PauseKind } from '../entities/pause.js';
import { pauseChannel } from './channel.js';

export interface NewPause {
  system: string;
  service: string;
  kind: PauseKind;
  reason: Bilingual;
  cure?: Bilingual;
  by: string;
}

/** A person's pause ends only by a person, who is named. */
export type Lift =
  | { system: string; service: string; kind: Exclude<PauseKind, 'person'> }
  | { system: string; service: string; kind: 'person'; by: string };

export type PauseListener = (pauses: Pause[]) => void;

const restBetweenAttempts = [100, 500, 1_000, 2_000, 5_000];

/**
 * The pauses of all systems and services, kept in memory and up to date by PostgreSQL's notifications.
 * After a lost connection everything is read again, so no change is missed for longer than the outage.
 */
export class PauseBook {
  private pauses: Pause[] = [];
  private readonly listeners = new Set<PauseListener>();
  private readonly closing = new AbortController();
  private connection: WatchedConnection | undefined;
  private listening: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | undefined;
  private readonly logger = log('PauseBook');

  constructor(private readonly dataSource: DataSource) {}

  /** Subscribes, then reads. From here on {@link list} is true. Throws when the database is away. */
  async open(): Promise<this> {
    const connection = await this.subscribe();
    this.listening = this.keepListening(connection);
    await this.read();
    return this;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.listeners.clear();
    await this.connection?.close();
    await this.listening;
    await this.reading.catch(() => undefined);
  }

  /** From memory: at most a notification behind the database. */
  list(): Pause[] {
    return this.pauses;
  }

  /** What holds up this service for this system; empty: nothing. */
  of(system: string, service: string): Pause[] {
    return this.pauses.filter((pause) => pause.system === system && pause.service === service);
  }

  /** Putting a pause that stands renews its reason, cure and author; `since` stays. */
  async put({ system, service, kind, reason, cure, by }: NewPause): Promise<void> {
    await this.dataSource.query(
      `insert into operations.pause as old (system, service, kind, reason, cure, "by", since)
       values ($1, $2, $3, $4, $5, $6, now())
       on conflict (system, service, kind) do update
         set reason = excluded.reason, cure = excluded.cure, "by" = excluded."by"
         where (old.reason, old.cure, old."by") is distinct from (excluded.reason, excluded.cure, excluded."by")`,
      [system, service, kind, JSON.stringify(reason), cure ? JSON.stringify(cure) : null, by],
    );
    await this.read();
  }

  /** Ends one pause; pauses of other kinds stay. Answers whether there was one. */
  async lift(which: Lift): Promise<boolean> {
    if (which.kind === 'person' && !which.by) throw new TypeError("a person's pause is lifted by a person: name them");
    const [, lifted]: [unknown, number] = await this.dataSource.query(
      'delete from operations.pause where system = $1 and service = $2 and kind = $3',
      [which.system, which.service, which.kind],
    );
    await this.read();
    return lifted > 0;
  }

  /** Called with the whole list after every change, whoever made it. Returns the way to stop. */
  onChange(listener: PauseListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Reads that come while one is running share the one after it: that one sees every change made before it began. */
  private read(): Promise<void> {
    this.waiting ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.waiting = undefined;
        return (this.reading = this.readNow());
      });
    return this.waiting;
  }

  private async readNow(): Promise<void> {
    if (this.closing.signal.aborted) return;
    const pauses = await this.dataSource
      .getRepository(Pause)
      .find({ order: { system: 'asc', service: 'asc', kind: 'asc' } });
    if (isDeepStrictEqual(pauses, this.pauses)) return;
    this.pauses = pauses;
    for (const listener of this.listeners) {
      try {
        listener(pauses);
      } catch (error) {
        this.logger.error('a listener for pauses failed', { error });
      }
    }
  }

  private async subscribe(): Promise<WatchedConnection> {
    const connection = await openWatchedConnection(addressOf(this.dataSource), 'pauses', this.closing.signal);
    if (this.closing.signal.aborted) {
      await connection.close();
      return connection;
    }
    this.connection = connection;
    connection.onNotification(() => void this.read().catch(() => this.readAgain()));
    try {
      await connection.ask(`listen ${pauseChannel}`);
    } catch (error) {
      await connection.close(); // the next attempt opens another
      throw error;
    }
    return connection;
  }

  /** The notification came and the reading failed: the change must not be forgotten. */
  private async readAgain(): Promise<void> {
    await sleep(500, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
    if (!this.closing.signal.aborted) await this.read().catch(() => this.readAgain());
  }

  private async keepListening(first: WatchedConnection): Promise<void> {
    for (let connection = first; ;) {
      await aborted(connection.lost);
      if (this.closing.signal.aborted) return;
      this.logger.warn('connection for pauses is lost, connecting again');
      const next = await this.subscribeAgain();
      if (next === undefined) return;
      connection = next;
      await this.read().catch(() => this.readAgain());
    }
  }

  private async subscribeAgain(): Promise<WatchedConnection | undefined> {
    for (let attempt = 0; !this.closing.signal.aborted; attempt++) {
      try {
        return await this.subscribe();
      } catch {
        const rest = restBetweenAttempts[Math.min(attempt, restBetweenAttempts.length - 1)];
        await sleep(rest, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
      }
    }
    return undefined;
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
