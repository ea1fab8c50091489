import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EmptyBindingRuns } from './empty-binding-runs.js';

/** Apart from the runs: the desk's own application holds them as well, and would begin them a second time. */
@Injectable()
export class EmptyBindingDuty implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(EmptyBindingRuns) private readonly runs: EmptyBindingRuns) {}

  onApplicationBootstrap(): void {
    this.runs.begin();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.runs.end();
  }
}
