import { universityZone, type Configuration } from '#platform';
import type { Channel } from './channels.js';
import { mailChannel } from './mail.js';
import { webhookChannel } from './webhook.js';

/** Where the pages are, for links. Without a public address: on this machine. */
export const pagesAddress = ({ http }: Configuration['console']): string =>
  http.publicUrl ?? `http://127.0.0.1:${http.port}`;

/** The channels that are configured. */
export function channelsOf(configuration: Pick<Configuration, 'systems' | 'console'>): Channel[] {
  const { language, mail, webhook } = configuration.console.notices;
  const manner = { language, pages: pagesAddress(configuration.console), zone: universityZone(configuration) };
  return [...(mail ? [mailChannel(mail, manner)] : []), ...(webhook ? [webhookChannel(webhook, manner)] : [])];
}
