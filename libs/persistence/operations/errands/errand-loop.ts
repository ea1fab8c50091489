import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { serveErrands } from './errands.js';

/** Does a service's errands for as long as the application lives; the one under way is finished at the end. */
export class ErrandLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private serving?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly service: string,
    private readonly handlers: Parameters<typeof serveErrands>[2],
    private readonly mine?: Parameters<typeof serveErrands>[4],
  ) {}

  onApplicationBootstrap(): void {
    this.serving = serveErrands(this.dataSource, this.service, this.handlers, this.stopping.signal, this.mine);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.serving;
  }
}
