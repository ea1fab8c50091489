import type { ConfirmChannel } from 'amqplib';
import { cloudEventBatchContentType } from '#contracts';
import { BrokerUnavailableError } from '../broker/broker.js';
import { journalCountHeader } from '../topology/headers.js';
import { journalGaps } from '../metrics.js';
import { journalExchange, journalKey } from '../topology/topology.js';

/** Events and bytes of one message for the journal, at the most; an event longer than that goes alone. */
export const [mostInCopy, mostBytesOfCopy] = [200, 256_000];

const [begin, comma, end] = [Buffer.from('['), Buffer.from(','), Buffer.from(']')];

interface Copied {
  event: Buffer;
  /** Somebody waits for this copy. */
  end?: (lost: unknown) => void;
}

/** One body of several: the CloudEvents JSON batch format, of events that are JSON already. */
const batchOf = (events: readonly Buffer[]): Buffer =>
  Buffer.concat([begin, ...events.flatMap((event, index) => (index === 0 ? [event] : [comma, event])), end]);

/** Pieces that keep the limits, in order. */
export function* inPieces(events: readonly Buffer[]): Generator<Buffer[]> {
  let from = 0;
  let bytes = 1;
  for (const [index, { length }] of events.entries()) {
    const full = index - from === mostInCopy || bytes + length + 1 > mostBytesOfCopy;
    if (full && index > from) {
      yield events.slice(from, index);
      from = index;
      bytes = 1;
    }
    bytes += length + 1;
  }
  if (from < events.length) yield events.slice(from);
}

/**
 * Copies of what one publisher publishes, for the journal: what is published in one turn goes in one message for each
 * system. The journal never holds anybody up: a copy that gets lost is counted, not waited for - unless the journal is
 * the only place where what happened can be seen.
 */
export class JournalCopies {
  /** By system: what this turn has brought, and how many there were before it. */
  private readonly fresh = new Map<string, Copied[]>();
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly publisher: string,
    private readonly channel: () => ConfirmChannel | undefined,
  ) {}

  /** Leaves at the end of this turn, after what the turn has published. */
  add(system: string, event: Buffer): void {
    this.keep(system, { event });
  }

  /** As {@link add}; rejects when the connection breaks before the copy is safe. A journal that is full is no reason. */
  addSurely(system: string, event: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (lost: unknown): void => {
        if (!lost || (lost as Error).message === 'message nacked') resolve();
        else
          reject(new BrokerUnavailableError('the connection broke before the journal had its copy', { cause: lost }));
      };
      this.keep(system, { event, end });
    });
  }

  private keep(system: string, copied: Copied): void {
    if (this.fresh.size === 0) queueMicrotask(() => this.send());
    const before = this.fresh.get(system);
    if (before) before.push(copied);
    else this.fresh.set(system, [copied]);
  }

  private send(): void {
    const turn = [...this.fresh];
    this.fresh.clear();
    for (const [system, copied] of turn) {
      let from = 0;
      for (const piece of inPieces(copied.map(({ event }) => event))) {
        const ends = copied.slice(from, (from += piece.length)).flatMap(({ end }) => end ?? []);
        this.sendPiece(system, piece, ends);
      }
    }
  }

  /** Counts what is sent, whether it arrives or not: so the reader of the journal sees what did not. */
  private sendPiece(system: string, events: readonly Buffer[], ends: readonly ((lost: unknown) => void)[]): void {
    const before = this.counted.get(system) ?? 0;
    const last = before + events.length;
    this.counted.set(system, last);
    const lost = (error: unknown) => {
      if (error) journalGaps.inc(events.length);
      for (const end of ends) end(error);
    };
    const channel = this.channel();
    if (!channel) return lost(new Error('there is no connection'));
    const properties = {
      persistent: true,
      timestamp: Math.floor(Date.now() / 1000),
      contentType: cloudEventBatchContentType,
      headers: { [journalCountHeader]: `${this.publisher}/${before + 1}-${last}` },
    };
    try {
      channel.publish(journalExchange, journalKey(system), batchOf(events), properties, lost);
    } catch (error) {
      lost(error);
    }
  }
}
