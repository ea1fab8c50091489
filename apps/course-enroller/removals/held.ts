import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { sayHeldBack, type HeldBack } from '#persistence';
import type { SystemConfiguration } from '#platform';
import { service } from '../enroller.js';
import { RemovalLedger } from '../ledger/removal-ledger.js';

const heldRemovals: HeldBack = {
  service,
  check: 'removals-held',
  alarm: 'removals-held',
  alarmText:
    'More enrolments an hour are wanted no more than may be suspended: the others are held. Look at the bindings and curricula in 1C; if it is as it should be, release them (itk removals)',
  troubleOf: (system, number) => ({
    what: both(
      `Задержано приостановок записей на курсы: ${number}. Слишком многие записи разом стали не нужны`,
      `Suspensions of enrolments held back: ${number}. Too many are wanted no more all at once`,
    ),
    mend: both(
      `Проверьте привязки и учебные планы в 1С. Если так и должно быть: itk removals release ${system}; если нет, исправьте в 1С: что снова нужно, выпадет само`,
      `Look at the bindings and curricula in 1C. If it is as it should be: itk removals release ${system}; if not, mend it in 1C: what is wanted again drops out by itself`,
    ),
  }),
};

/** Says how many suspensions wait for a person. */
export async function raiseHeldRemovals(system: string, dataSource: DataSource): Promise<void> {
  await sayHeldBack(dataSource, heldRemovals, system, await new RemovalLedger(dataSource, system).waiting());
}

/** Where nobody is suspended any more, nothing is held. */
export async function lookAtHeldRemovals(
  { id, enrolment }: Pick<SystemConfiguration, 'id' | 'enrolment'>,
  dataSource: DataSource,
): Promise<void> {
  if (enrolment.removal === 'keep') await new RemovalLedger(dataSource, id).forgetAll();
  await raiseHeldRemovals(id, dataSource);
}
