import type { DataSource } from 'typeorm';
import { SynchronizationError, type CloudEvent } from '#contracts';
import { ToldBook } from '#persistence';
import { countTold, reportOf, type SynchronizerCalls, type SynchronizerClient } from '#synchronizer';
import { stillThatFailure, type HeldFlag } from './allowance.js';
import type { FlaggedSystem } from './flagger.js';
import { raiseHeld } from './held-alarm.js';
import { FlagLedger } from './ledger.js';

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
  system: Pick<FlaggedSystem, 'id' | 'els'>,
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
        reportOf({ system: system.id, ...flag }, { told: 'error' }, { service: 'error-flagger' }),
      ),
    );
    await ledger.letGo(system.id, [...ended.flagged, ...ended.overtaken]);
    released.flagged += ended.flagged.length;
    released.overtaken += ended.overtaken.length;
  }
  await raiseHeld(system.id, dataSource);
  return released;
}

/** Whom 1C has heard of, by this call or by one whose report was lost; the refused stay held. */
async function flagAll(
  system: Pick<FlaggedSystem, 'id' | 'els'>,
  calls: Pick<SynchronizerCalls, 'setErrorCronflag'>,
  held: readonly HeldFlag[],
  { book, released }: { book: ToldBook; released: Released },
): Promise<{ flagged: HeldFlag[]; overtaken: HeldFlag[] }> {
  const ended: Awaited<ReturnType<typeof flagAll>> = { flagged: [], overtaken: [] };
  const codes = held.map(({ code }) => code);
  const heard = await book.heard(system.id, codes);
  for (const flag of held) {
    const known = heard.get(flag.code);
    if (known?.told === 'error' && known.revision === flag.revision) {
      ended.flagged.push(flag);
      continue;
    }
    if (!stillThatFailure(flag, known)) {
      ended.overtaken.push(flag);
      continue;
    }
    try {
      await calls.setErrorCronflag(flag.code, system.els);
    } catch (error) {
      if (!(error instanceof SynchronizationError) || /outage|configuration/.test(error.failure.kind)) throw error;
      released.refused.push({ code: flag.code, reason: error.failure.reason.en });
      continue;
    }
    await book.record(system.id, [{ ...flag, told: 'error' }]);
    countTold(system.id, 'error');
    ended.flagged.push(flag);
  }
  return ended;
}
