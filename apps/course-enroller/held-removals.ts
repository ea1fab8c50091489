import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { TroubleBook } from '#persistence';
import { alarm, log, type Configuration } from '#platform';
import { service } from './enroller.js';
import { RemovalLedger } from './removal-ledger.js';

const troubleOf = (system: string, number: number) => ({
  what: both(
    `Задержано приостановок записей на курсы: ${number}. Слишком многие записи разом стали не нужны`,
    `Suspensions of enrolments held back: ${number}. Too many are wanted no more all at once`,
  ),
  mend: both(
    `Проверьте привязки и учебные планы в 1С. Если так и должно быть: itk removals release ${system}; если нет, исправьте в 1С: что снова нужно, выпадет само`,
    `Look at the bindings and curricula in 1C. If it is as it should be: itk removals release ${system}; if not, mend it in 1C: what is wanted again drops out by itself`,
  ),
});

/** The alarm stands, and status and doctor tell, while a suspension waits for a person. */
export async function raiseHeldRemovals(system: string, dataSource: DataSource): Promise<number> {
  const number = await new RemovalLedger(dataSource, system).waiting();
  await new TroubleBook(dataSource).found(
    { service, system, check: 'removals-held' },
    number === 0 ? [] : [{ about: '', ...troubleOf(system, number) }],
  );
  alarm(
    'removals-held',
    system,
    number > 0,
    'More enrolments an hour are wanted no more than may be suspended: the others are held. Look at the bindings and curricula in 1C; if it is as it should be, release them (itk removals)',
    { number },
  );
  return number;
}

/** Ends the alarm also when others have settled what was held; where nobody is suspended any more, nothing is held. */
@Injectable()
export class HeldRemovals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly configuration: Configuration,
    private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), 60_000);
    this.timer.unref();
    void this.look();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      for (const { id, enrolment } of this.configuration.systems) {
        if (enrolment.removal === 'keep') await new RemovalLedger(this.dataSource, id).forgetAll();
        await raiseHeldRemovals(id, this.dataSource);
      }
    } catch (error) {
      log('HeldRemovals').warn('what is held could not be counted', { error });
    }
  }
}
