import { both } from '#contracts';
import type { TroubleBook } from '#persistence';
import { ownService } from '../standing/standing.js';
import { SendError, type Channel, type ChannelName } from './channels.js';
import type { Outbox } from './outbox.js';
import { nextTry } from './pace.js';

export type OwnTrouble = ChannelName | 'heartbeat';

/** Where trouble with a channel stands, for everybody who looks: the overview, `itk status`, the page of notices. */
export const ownTrouble = (channel: OwnTrouble) => ({ service: ownService, system: '', check: `notices-${channel}` });

/** Sends what is to be sent by one channel. */
export class Sender {
  constructor(
    private readonly outbox: Outbox,
    private readonly troubles: Pick<TroubleBook, 'found'>,
  ) {}

  async send(channel: Channel, now: Date, stop: AbortSignal): Promise<void> {
    for (const delivery of await this.outbox.due(channel.name, now)) {
      if (stop.aborted) return;
      try {
        const missed = await channel.send(delivery);
        await this.outbox.sent(delivery, channel.name, now, missed);
        await this.say(channel, missed && new SendError(missed));
      } catch (error) {
        if (!(error instanceof SendError)) throw error;
        const next = nextTry(delivery.time, delivery.attempts + 1, now);
        await this.outbox.failed(delivery, channel.name, now, next, error.why);
        await this.say(channel, error);
        if (!error.ofThis) return;
      }
    }
  }

  private async say({ name }: Channel, error: SendError | undefined): Promise<void> {
    const [ru, en] = name === 'mail' ? ['почтой', 'by mail'] : ['вебхуком', 'by webhook'];
    await this.troubles.found(
      ownTrouble(name),
      error
        ? [
            {
              about: '',
              what: both(
                `Уведомления ${ru} не доходят: ${error.why.ru}`,
                `Notices ${en} do not arrive: ${error.why.en}`,
              ),
              mend: both(
                `Исправьте console.notices.${name} и проверьте: itk notices test`,
                `Mend console.notices.${name} and try: itk notices test`,
              ),
            },
          ]
        : [],
    );
  }
}
