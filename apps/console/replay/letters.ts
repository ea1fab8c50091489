import type { MessagePropertyHeaders } from 'amqplib';
import { eventTypes } from '#contracts';
import { headersOfReplay, type Outgoing } from '#messaging';

/** What the runner needs of a letter to put it back. */
export interface Waiting {
  id: string;
  queue: string;
  service: string;
  event_type: string | null;
  message: { messageId?: string; type?: string; contentType?: string };
  body: Buffer;
  headers: MessagePropertyHeaders;
  /** What a person has made of it: that goes instead, as a new event. */
  edited: Buffer | null;
}

/** The same bytes under the same id, into the queue it died in, as for the first time. */
export const outgoing = ({ queue, message, body, headers }: Waiting, replay: string): Outgoing => ({
  exchange: '',
  key: queue,
  body,
  ...message,
  headers: headersOfReplay(headers, replay),
});

/** Messages that no event follows when they are done: it is well when they do not come back. */
export const withoutAnswer: readonly string[] = [eventTypes.BindingChanged, eventTypes.StudentReported];
