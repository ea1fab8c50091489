import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { heldBackBecause, type Publisher } from '#messaging';
import type { PauseBook } from '#persistence';
import { log, Troubles } from '#platform';

/**
 * While the broker holds back what a service publishes, a pause of the service stands for each of its systems. Whoever
 * finds such a pause and is not held back tries the broker: the process that put it may be gone.
 */
export class BrokerWatch implements OnModuleInit, OnModuleDestroy {
  private readonly troubles = new Troubles(log('BrokerWatch'), 'a pause for the broker could not be written');
  private forget = (): void => {};
  private again?: NodeJS.Timeout;
  private settling?: Promise<void>;
  private changed = false;
  private closed = false;

  constructor(
    private readonly service: string,
    private readonly systems: readonly string[],
    private readonly pauses: Pick<PauseBook, 'of' | 'put' | 'lift' | 'onChange'>,
    private readonly publisher: Pick<Publisher, 'onHeldBack' | 'heldBack' | 'takes'>,
  ) {}

  onModuleInit(): void {
    this.publisher.onHeldBack(() => this.look());
    this.forget = this.pauses.onChange(() => this.look());
    this.look();
  }

  onModuleDestroy(): void {
    this.closed = true;
    this.forget();
    clearTimeout(this.again);
  }

  /** One look at a time; what changes during one is looked at after it. */
  private look(): void {
    this.changed = true;
    this.settling ??= this.settle().finally(() => (this.settling = undefined));
  }

  private async settle(): Promise<void> {
    while (this.changed && !this.closed) {
      this.changed = false;
      try {
        await this.agree();
        this.troubles.succeeded();
      } catch (error) {
        clearTimeout(this.again);
        if (!this.closed) this.again = setTimeout(() => this.look(), this.troubles.failed(error)).unref();
      }
    }
  }

  private async agree(): Promise<void> {
    const { service } = this;
    const stands = (system: string) => this.pauses.of(system, service).some(({ kind }) => kind === 'broker');
    const paused = this.systems.filter(stands);
    const held = this.publisher.heldBack ?? (paused.length > 0 ? await this.publisher.takes() : undefined);
    if (held === undefined) {
      for (const system of paused) await this.pauses.lift({ system, service, kind: 'broker' });
    } else {
      const why = heldBackBecause(held);
      for (const system of this.systems)
        if (!stands(system)) await this.pauses.put({ system, service, kind: 'broker', ...why, by: service });
    }
  }
}
