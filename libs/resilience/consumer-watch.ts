import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Hands } from '#messaging';
import type { ConsumerBook } from '#persistence';
import { log, rest, Troubles } from '#platform';

/** Milliseconds. */
const sayEvery = 10_000;

/** Says every few seconds what this process has in hand of each system's queue, for the console. */
export class ConsumerWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly troubles = new Troubles(log('ConsumerWatch'), 'what is in hand could not be said');
  private readonly stopping = new AbortController();
  private saying?: Promise<void>;

  constructor(
    private readonly systems: readonly string[],
    private readonly server: { handsOf(system: string): Promise<Hands> },
    private readonly book: Pick<ConsumerBook, 'say' | 'leave'>,
    private readonly every = sayEvery,
  ) {}

  onApplicationBootstrap(): void {
    this.saying = this.run(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.saying;
    await this.book.leave().catch(() => undefined);
  }

  private async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.say().then(
        () => this.troubles.succeeded(),
        (error: unknown) => this.troubles.failed(error),
      );
      await rest(this.every, stop);
    }
  }

  private async say(): Promise<void> {
    const all = await Promise.all(
      this.systems.map(async (system) => ({ system, ...(await this.server.handsOf(system)) })),
    );
    await this.book.say(all);
  }
}
