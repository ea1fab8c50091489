import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { sayHeldBack, type HeldBack } from '#persistence';
import { FlagLedger } from './ledger/ledger.js';

const heldFlags: HeldBack = {
  service: 'error-flagger',
  check: 'flags-held',
  alarm: 'error-flags-held',
  alarmText:
    'More student failures an hour than may be flagged in 1C: it hears "later" of the others. Find out what they have in common; if the students themselves are to blame, release the flags',
  troubleOf: (system, number) => ({
    what: both(
      `Задержано отметок Error: ${number}. Ошибок студентов больше, чем можно отметить за час: об остальных 1С услышала «позже»`,
      `Error flags held back: ${number}. More students fail than may be flagged in an hour: of the others 1C has heard "later"`,
    ),
    mend: both(
      `Найдите, что у них общего: itk failures groups --kind student. Если дело в самих студентах: itk flags release ${system}; если в настройке, исправьте её: задержанное выпадет само`,
      `Find out what they have in common: itk failures groups --kind student. If the students themselves are to blame: itk flags release ${system}; if a setting is, mend it: what is held drops out by itself`,
    ),
  }),
};

/** Says how many failures, heard by 1C as *later*, wait for a release. */
export async function raiseHeld(system: string, dataSource: DataSource): Promise<void> {
  await sayHeldBack(dataSource, heldFlags, system, await new FlagLedger(dataSource).stillHeld(system));
}
