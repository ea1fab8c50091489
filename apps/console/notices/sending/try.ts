import { randomUUID } from 'node:crypto';
import type { Bilingual } from '#contracts';
import { SendError, type Channel, type ChannelName } from './channels.js';

export interface Tried {
  channel: ChannelName;
  to: string[];
  /** Why it did not go, or whom it did not reach; null: it went. */
  failure: Bilingual | null;
}

/** Sends a notice that says it is a test by each channel, once and at once. `standing`: troubles that stand now. */
export const tryChannels = (channels: readonly Channel[], standing: number): Promise<Tried[]> =>
  Promise.all(
    channels.map(async (channel): Promise<Tried> => {
      const { name, to } = channel;
      try {
        const missed = await channel.send({ id: randomUUID(), time: new Date(), items: [], standing, test: true });
        return { channel: name, to, failure: missed ?? null };
      } catch (error) {
        if (error instanceof SendError) return { channel: name, to, failure: error.why };
        throw error;
      }
    }),
  );
