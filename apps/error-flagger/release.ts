import type { DataSource } from 'typeorm';
import { SynchronizationError, type CloudEvent } from '#contracts';
import { ToldBook } from '#persistence';
import { countTold, reportOf, type SynchronizerClient } from '#synchronizer';
import { stillThatFailure } from './allowance.js';
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
    await client.run(async (calls) => {
      const heard = await book.heard(
        system.id,
        held.map(({ code }) => code),
      );
      for (const flag of held) {
        if (!stillThatFailure(flag, heard.get(flag.code))) {
          released.overtaken += 1;
        } else {
          try {
            await calls.setErrorCronflag(flag.code, system.els);
          } catch (error) {
            if (!(error instanceof SynchronizationError) || /outage|configuration/.test(error.failure.kind))
              throw error;
            released.refused.push({ code: flag.code, reason: error.failure.reason.en });
            continue;
          }
          await book.record(system.id, [{ ...flag, told: 'error' }]);
          countTold(system.id, 'error');
          await publisher.publishAll([
            reportOf({ system: system.id, ...flag }, { told: 'error' }, { service: 'error-flagger' }),
          ]);
          released.flagged += 1;
        }
        await ledger.letGo(system.id, [flag]);
      }
    });
  }
  await raiseHeld(system.id, ledger);
  return released;
}
