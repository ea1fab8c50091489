import type { Failure } from '#contracts';
import { countTold, refusalOfOne, type ReportedSystem, type ToldBook } from '#reporting';
import type { SynchronizerCalls } from '#synchronizer';
import type { HeldFlag } from './rules/allowance.js';

/**
 * Sets one student's Error flag, and records it at once: what was done before another call fails need not be done again.
 * Gives why 1C refused; throws what speaks of 1C as a whole.
 */
export async function setErrorFlag(
  system: ReportedSystem,
  { code, revision }: HeldFlag,
  calls: Pick<SynchronizerCalls, 'setErrorCronflag'>,
  book: Pick<ToldBook, 'record'>,
): Promise<Failure | undefined> {
  try {
    await calls.setErrorCronflag(code, system.els);
  } catch (error) {
    return refusalOfOne(error);
  }
  await book.record(system.id, [{ code, revision, told: 'error' }]);
  countTold(system.id, 'error');
  return undefined;
}
