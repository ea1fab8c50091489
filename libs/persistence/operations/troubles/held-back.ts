import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import { alarm, log } from '#platform';
import { TroubleBook } from './trouble-book.js';

/** One kind of record that a service holds back beyond a limit, until a person decides or nobody wants it any more. */
export interface HeldBack {
  service: string;
  /** Machine name of the trouble that status and doctor tell. */
  check: string;
  /** Machine name of the alarm, and what it says in the log. */
  alarm: string;
  alarmText: string;
  troubleOf(system: string, number: number): { what: Bilingual; mend: Bilingual };
}

/** The alarm stands, and status and doctor tell, while any of a system's records waits. */
export async function sayHeldBack(
  dataSource: DataSource,
  held: HeldBack,
  system: string,
  number: number,
): Promise<void> {
  const { service, check, troubleOf } = held;
  await new TroubleBook(dataSource).found(
    { service, system, check },
    number === 0 ? [] : [{ about: '', ...troubleOf(system, number) }],
  );
  alarm(held.alarm, system, number > 0, held.alarmText, { number });
}

/** Milliseconds between two looks. */
const lookEvery = 60_000;

/** Ends the alarm also when others have settled what was held: a newer outcome, or a release from the command line. */
export class HeldBackWatch<System> implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly systems: readonly System[],
    /** Counts what is held of the system, and says it. */
    private readonly look: (system: System) => Promise<unknown>,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.lookAtAll(), lookEvery);
    this.timer.unref();
    void this.lookAtAll();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async lookAtAll(): Promise<void> {
    try {
      for (const system of this.systems) await this.look(system);
    } catch (error) {
      log('HeldBackWatch').warn('what is held could not be counted', { error });
    }
  }
}
