import { createHmac } from 'node:crypto';
import type { Notices } from '#platform';
import { call, CallError } from '../../outgoing/call.js';
import { SendError, type Channel } from './channels.js';
import { letterOf } from './letter.js';
import { secretOf } from './mail.js';
import { linesOf, type Manner, type Notice } from './notice.js';

type Webhook = NonNullable<Notices['webhook']>;

export const webhookChannel = (
  { url, tokenFile, secretFile }: Webhook,
  manner: Manner & { zone: string },
): Channel => ({
  name: 'webhook',
  to: [new URL(url).host],
  send: async (notice) => {
    const body = JSON.stringify(bodyOf(notice, manner));
    const timestamp = String(Math.floor(Date.now() / 1_000));
    try {
      await call(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-itk-delivery': notice.id,
          ...(tokenFile !== undefined && { authorization: `Bearer ${secretOf(tokenFile)}` }),
          ...(secretFile !== undefined && {
            'x-itk-timestamp': timestamp,
            'x-itk-signature': signatureOf(secretOf(secretFile), timestamp, body),
          }),
        },
        body,
      });
      return undefined;
    } catch (error) {
      throw error instanceof CallError ? new SendError(error.why) : error;
    }
  },
});

/** docs/notices.md tells how it is checked. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** Version 1: fields may come, none goes. docs/notices.md tells them. */
export function bodyOf(notice: Notice, manner: Manner & { zone: string }) {
  const { subject, text } = letterOf(notice, manner);
  return {
    version: 1,
    id: notice.id,
    time: notice.time.toISOString(),
    test: notice.test ?? false,
    /** Mattermost and Slack show it. */
    text: `${subject}\n\n${text}`,
    standing: notice.standing,
    console: manner.pages,
    troubles: linesOf(notice, manner).map(({ change, text, system, since, link }, index) => {
      const { key, kind, number, failureKind, cause, students } = notice.items[index]!.trouble;
      return {
        ...{ change, key, kind, system, number, since, text, link },
        ...(failureKind && { failureKind }),
        ...(cause && { cause }),
        ...(students !== undefined && { students }),
      };
    }),
  };
}
