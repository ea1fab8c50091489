import type { ConfirmChannel } from 'amqplib';
import { cloudEventBatchContentType } from '#contracts';
import { journalCountHeader } from './headers.js';
import { journalGaps } from './metrics.js';
import { journalExchange, journalKey } from './topology.js';

/** Events and bytes of one message for the journal, at the most; an event longer than that goes alone. */
export const [mostInCopy, mostBytesOfCopy] = [200, 256_000];

const [begin, comma, end] = [Buffer.from('['), Buffer.from(','), Buffer.from(']')];

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
 * system. The journal never holds anybody up: a copy that gets lost is counted, not waited for.
 */
export class JournalCopies {
  /** By system: what this turn has brought, and how many there were before it. */
  private readonly fresh = new Map<string, Buffer[]>();
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly publisher: string,
    private readonly channel: () => ConfirmChannel | undefined,
  ) {}

  /** Leaves at the end of this turn, after what the turn has published. */
  add(system: string, event: Buffer): void {
    if (this.fresh.size === 0) queueMicrotask(() => this.send());
    const before = this.fresh.get(system);
    if (before) before.push(event);
    else this.fresh.set(system, [event]);
  }

  private send(): void {
    const turn = [...this.fresh];
    this.fresh.clear();
    for (const [system, events] of turn) for (const piece of inPieces(events)) this.sendPiece(system, piece);
  }

  /** Counts what is sent, whether it arrives or not: so the reader of the journal sees what did not. */
  private sendPiece(system: string, events: readonly Buffer[]): void {
    const before = this.counted.get(system) ?? 0;
    const last = before + events.length;
    this.counted.set(system, last);
    const lost = (error: unknown) => error && journalGaps.inc(events.length);
    const channel = this.channel();
    if (!channel) return void lost(true);
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
