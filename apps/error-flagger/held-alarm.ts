import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { TroubleBook } from '#persistence';
import { alarm } from '#platform';
import { FlagLedger } from './ledger.js';

const troubleOf = (system: string, number: number) => ({
  about: '',
  what: both(
    `Задержано отметок Error: ${number}. Ошибок студентов больше, чем можно отметить за час: об остальных 1С услышала «позже»`,
    `Error flags held back: ${number}. More students fail than may be flagged in an hour: of the others 1C has heard "later"`,
  ),
  mend: both(
    `Найдите, что у них общего: itk failures groups --kind student. Если дело в самих студентах: itk flags release ${system}; если в настройке, исправьте её: задержанное выпадет само`,
    `Find out what they have in common: itk failures groups --kind student. If the students themselves are to blame: itk flags release ${system}; if a setting is, mend it: what is held drops out by itself`,
  ),
});

/** The alarm stands, and status and doctor tell, while a failure that 1C heard as *later* waits for a release. */
export async function raiseHeld(system: string, dataSource: DataSource): Promise<number> {
  const number = await new FlagLedger(dataSource).stillHeld(system);
  await new TroubleBook(dataSource).found(
    { service: 'error-flagger', system, check: 'flags-held' },
    number === 0 ? [] : [troubleOf(system, number)],
  );
  alarm(
    'error-flags-held',
    system,
    number > 0,
    'More student failures an hour than may be flagged in 1C: it hears "later" of the others. Find out what they have in common; if the students themselves are to blame, release the flags',
    { number },
  );
  return number;
}
