import { alarm } from '#platform';
import type { FlagLedger } from './ledger.js';

/** The alarm stands while a failure that 1C heard as *later* waits for a release. */
export async function raiseHeld(system: string, ledger: Pick<FlagLedger, 'stillHeld'>): Promise<number> {
  const number = await ledger.stillHeld(system);
  alarm(
    'error-flags-held',
    system,
    number > 0,
    'More student failures an hour than may be flagged in 1C: it hears "later" of the others. Find out what they have in common; if the students themselves are to blame, release the flags',
    { number },
  );
  return number;
}
