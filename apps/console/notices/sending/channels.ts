import type { Bilingual } from '#contracts';
import type { Notice } from './notice.js';

export const channelNames = ['mail', 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

/** How notices leave. */
export interface Channel {
  name: ChannelName;
  /** To whom, as may be shown: addresses of mail, the machine of a webhook. */
  to: string[];
  /** @returns whom it did not reach, where others got it. @throws SendError */
  send(notice: Notice): Promise<Bilingual | undefined>;
}

/** A notice did not go. The text names neither secrets nor persons. */
export class SendError extends Error {
  override name = 'SendError';
  constructor(
    readonly why: Bilingual,
    /** It was this notice that was refused: others may go. */
    readonly ofThis = false,
  ) {
    super(why.en);
  }
}
