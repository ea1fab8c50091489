import { eventTypes, makeEvent } from '#contracts';
import { continueTrace } from '#messaging';
import type { BindingChange } from '#synchronizer';
import type { Begun } from '../ledger/window-ledger.js';
import type { PollerPorts } from '../poller.js';

/**
 * Bindings are asked for so often, milliseconds: a posting is to be seen within five seconds, the call and what else the
 * turn does among them.
 */
export const bindingsEvery = 4_000;
/** Changes of one answer. */
const atOnce = 1_000;

/** Changes of bindings, published as they come. For one tenure. */
export class Bindings {
  private askedAt?: number;
  private sequence: number;
  /** False: this 1C tells no changes of bindings. */
  private told = false;

  constructor(
    private readonly system: string,
    private readonly ports: Pick<PollerPorts, 'source' | 'publisher' | 'ledger' | 'progress' | 'now'>,
    private readonly begun: Begun,
  ) {
    this.sequence = begun.bindingSequence;
  }

  /** The newest change that is published, where this 1C tells any: what is read later knows it. */
  get published(): { bindingSequence?: number } {
    return this.told ? { bindingSequence: this.sequence } : {};
  }

  /** Asked at the next turn, whenever it was last. */
  askNow(): void {
    this.askedAt = undefined;
  }

  async ask(stop?: AbortSignal): Promise<void> {
    const { source, now } = this.ports;
    if (this.askedAt !== undefined && now() - this.askedAt < bindingsEvery) return;
    for (;;) {
      const changes = await source.bindingsSince(this.sequence, atOnce);
      this.told = changes !== undefined;
      if (changes !== undefined && changes.length > 0 && !(await this.publish(changes))) break;
      if (changes === undefined || changes.length < atOnce || stop?.aborted) break;
    }
    this.askedAt = now();
  }

  /** False: 1C gave nothing newer than it was asked for. */
  private async publish(changes: readonly BindingChange[]): Promise<boolean> {
    const { publisher, ledger, progress } = this.ports;
    const traceparent = continueTrace();
    await publisher.publishAll(
      changes.map((change) =>
        makeEvent(
          eventTypes.BindingChanged,
          { system: this.system, ...change },
          { service: 'onec-poller', traceparent },
        ),
      ),
    );
    const newest = Math.max(...changes.map(({ sequence }) => sequence));
    if (newest <= this.sequence) return false;
    this.sequence = newest;
    await ledger.bindingsPublished(this.begun.tenure, newest);
    progress.sentBindings(changes.length);
    return true;
  }
}
