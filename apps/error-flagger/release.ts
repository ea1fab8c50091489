import type { DataSource } from 'typeorm';
import type { CloudEvent } from '#contracts';
import { reportedEvent, ToldBook, type ReportedSystem } from '#reporting';
import type { SynchronizerCalls, SynchronizerClient } from '#synchronizer';
import { raiseHeld } from './held-alarm.js';
import { FlagLedger } from './ledger/ledger.js';
import { stillThatFailure, type HeldFlag } from './rules/allowance.js';
import { setErrorFlag } from './set-error-flag.js';

export interface Released {
  /** Flagged in 1C now. */
  flagged: number;
  /** A newer outcome was known meanwhile: nothing to flag. */
  overtaken: number;
  /** 1C refused these; they stay held. */
  refused: { code: string; reason: string }[];
}

const atOnce = 50;

/**
 * An operator's release: flags whose newest outcome is still the failure that the limit held back. The operator's word
 * stands above the hourly limit and does not use it up. May be repeated; throws when 1C is away.
 */
export async function release(
  system: ReportedSystem,
  client: Pick<SynchronizerClient, 'run'>,
  dataSource: DataSource,
  publisher: { publishAll(events: readonly CloudEvent[]): Promise<void> },
): Promise<Released> {
  const ledger = new FlagLedger(dataSource);
  const book = new ToldBook(dataSource);
  const released: Released = { flagged: 0, overtaken: 0, refused: [] };
  for (let after = ''; ;) {
    const held = await ledger.heldAfter(system.id, after, atOnce);
    if (held.length === 0) break;
    after = held.at(-1)!.code;
    // 1C's lock is not kept while the broker is waited for.
    const ended = await client.run((calls) => flagAll(system, calls, held, { book, released }));
    await publisher.publishAll(
      ended.flagged.map((flag) =>
        reportedEvent({ system: system.id, ...flag }, { told: 'error' }, { service: 'error-flagger' }),
      ),
    );
    await ledger.letGo(system.id, [...ended.flagged, ...ended.overtaken]);
    released.flagged += ended.flagged.length;
    released.overtaken += ended.overtaken.length;
  }
  await raiseHeld(system.id, dataSource);
  return released;
}

/** Whom 1C has been told of, by this call or by one whose report was lost; the refused stay held. */
async function flagAll(
  system: ReportedSystem,
  calls: Pick<SynchronizerCalls, 'setErrorCronflag'>,
  held: readonly HeldFlag[],
  { book, released }: { book: ToldBook; released: Released },
): Promise<{ flagged: HeldFlag[]; overtaken: HeldFlag[] }> {
  const ended: Awaited<ReturnType<typeof flagAll>> = { flagged: [], overtaken: [] };
  const codes = held.map(({ code }) => code);
  const last = await book.lastTold(system.id, codes);
  for (const flag of held) {
    const known = last.get(flag.code);
    if (known?.told === 'error' && known.revision === flag.revision) {
      ended.flagged.push(flag);
      continue;
    }
    if (!stillThatFailure(flag, known)) {
      ended.overtaken.push(flag);
      continue;
    }
    const failure = await setErrorFlag(system, flag, calls, book);
    if (failure === undefined) ended.flagged.push(flag);
    else released.refused.push({ code: flag.code, reason: failure.reason.en });
  }
  return ended;
}
