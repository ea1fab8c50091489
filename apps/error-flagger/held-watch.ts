import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { log, type Configuration } from '#platform';
import { raiseHeld } from './held-alarm.js';

/** Ends the alarm also when others have settled what was held: a success, or a release from the command line. */
@Injectable()
export class HeldWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
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
      for (const { id } of this.configuration.systems) await raiseHeld(id, this.dataSource);
    } catch (error) {
      log('HeldWatch').warn('what is held could not be counted', { error });
    }
  }
}
