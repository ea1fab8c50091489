import { Broker, BrokerUnavailableError } from '#messaging';
import { SettingError, type Configuration } from '#platform';

/** Milliseconds. A queue that is not there costs a channel: many of them take their time. */
const patience = 10_000;

/** A connection for looking at queues. Declares nothing: what is not there is to be seen. */
export class AskingBroker {
  private broker?: Broker;
  private readonly waiting = new Set<(error: Error) => void>();

  constructor(private readonly configuration: Pick<Configuration, 'broker'>) {}

  /** @throws BrokerUnavailableError when it does not answer in time; SettingError for what does not get better by itself */
  async ask<T>(work: (broker: Broker) => Promise<T>): Promise<T> {
    const broker = (this.broker ??= this.dial());
    if (broker.trouble && !broker.connected) throw new SettingError(broker.trouble);
    let giveUp: (error: Error) => void = () => undefined;
    const late = new Promise<never>((_, reject) => (giveUp = reject));
    this.waiting.add(giveUp);
    const timer = setTimeout(
      () => giveUp(new BrokerUnavailableError(`the broker does not answer within ${patience} ms`)),
      patience,
    );
    try {
      const asked = broker.open().then(() => work(broker));
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
      this.waiting.delete(giveUp);
    }
  }

  /** Why the broker takes nothing from this connection; undefined: it does, or was not asked yet. */
  get heldBack(): string | undefined {
    return this.broker?.heldBack;
  }

  async onModuleDestroy(): Promise<void> {
    await this.broker?.close().catch(() => undefined);
  }

  private dial(): Broker {
    const broker = new Broker(this.configuration.broker.url, 'console asking');
    broker.onTrouble((trouble) => {
      for (const giveUp of this.waiting) giveUp(new SettingError(trouble));
    });
    return broker;
  }
}
