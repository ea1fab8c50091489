import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { log } from '#platform';
import { addMonth, type NaiveDate } from '#synchronizer';
import { Clock, CLOCK } from '../../clock.js';

const logger = log('Retention');
const atOnce = 5_000;
const first = 60_000;
const every = 6 * 3_600_000;

/**
 * How long a row of the Synchronization register stays after its period is over. No slice asks for it any more; for a
 * year and a half an administrator can still see what a student was told, over one enrolment campaign and the next.
 */
export const monthsKept = 18;

/**
 * Deletes rows whose period ended so long ago, in pieces, so that no flag waits long for a lock. The newest row of each
 * student and system stays: it says when 1C last heard of them. Answers how many rows went.
 */
export async function forgetSpentRows(dataSource: DataSource, now: NaiveDate, stop?: AbortSignal): Promise<number> {
  const before = addMonth(now, -monthsKept);
  for (let sum = 0; ;) {
    const [, deleted] = (await dataSource.query(
      `with spent as materialized (
         select system, student, period from onec_component.synchronization old
          where period < $1::timestamp
            and exists (select from onec_component.synchronization newer
                         where newer.system = old.system and newer.student = old.student and newer.period > old.period)
          limit ${atOnce})
       delete from onec_component.synchronization s using spent
        where s.system = spent.system and s.student = spent.student and s.period = spent.period`,
      [before],
    )) as [unknown, number];
    sum += deleted;
    if (deleted < atOnce || stop?.aborted) return sum;
  }
}

/** Longer than the month for which an Error row hides: by then GetStudents has said again what it still finds. */
const faultsKept = 40 * 24 * 3_600_000;

/** Faults of whom 1C no longer lists, so that nobody who asks from the beginning is told them. */
export async function forgetSpentFaults(dataSource: DataSource, milliseconds: number): Promise<void> {
  await dataSource.query('delete from onec_component.faults where sequence < $1', [milliseconds - faultsKept]);
}

/** A minute after the start and every six hours; two replicas at once do no harm. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly stop = new AbortController();
  private current: Promise<void> = Promise.resolve();

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.again(first);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.stop.abort();
    await this.current;
  }

  private again(after: number): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => (this.current = this.run().then(() => this.again(every))), after);
  }

  private async run(): Promise<void> {
    try {
      const rows = await forgetSpentRows(this.dataSource, this.clock.now(), this.stop.signal);
      await forgetSpentFaults(this.dataSource, this.clock.milliseconds());
      if (rows > 0) logger.info('spent rows of the register Synchronization are deleted', { rows });
    } catch (error) {
      logger.warn('spent rows of the register Synchronization could not be deleted', { error });
    }
  }
}
