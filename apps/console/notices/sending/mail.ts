import { createTransport } from 'nodemailer';
import { both, type Bilingual } from '#contracts';
import { readSecret, SecretError, tlsTrouble, type Notices } from '#platform';
import { SendError, type Channel } from './channels.js';
import { letterOf } from './letter.js';
import type { Manner } from './notice.js';

type Mail = NonNullable<Notices['mail']>;

/** Milliseconds. */
const patience = 20_000;

export const mailChannel = (mail: Mail, manner: Manner & { zone: string }): Channel => ({
  name: 'mail',
  to: mail.to,
  send: async (notice) => {
    const transport = createTransport({
      ...{ host: mail.host, port: mail.port },
      ...{ secure: mail.security === 'tls', requireTLS: mail.security === 'starttls' },
      ignoreTLS: mail.security === 'none',
      ...(mail.user !== undefined && { auth: { user: mail.user, pass: secretOf(mail.passwordFile!) } }),
      ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    try {
      const { rejected } = await transport.sendMail({
        ...{ from: mail.from, to: mail.to, date: notice.time },
        // The same however often it is sent: whoever gets it twice knows it for one.
        messageId: `<${notice.id}@${mail.from.split('@')[1]!}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...letterOf(notice, manner),
      });
      return rejected.length === 0 ? undefined : notReached(mail.host, rejected.length, mail.to.length);
    } catch (error) {
      throw sendError(mail.host, error);
    } finally {
      transport.close();
    }
  },
});

export function secretOf(file: string): string {
  try {
    return readSecret(file);
  } catch (error) {
    if (error instanceof SecretError) throw new SendError(both(error.message, error.message));
    throw error;
  }
}

const notReached = (host: string, refused: number, all: number): Bilingual =>
  both(`${host} не принял получателей: ${refused} из ${all}`, `${host} refused recipients: ${refused} of ${all}`);

/** As nodemailer throws it: its own code, over that of Node. */
interface MailError {
  code?: string;
  originalCode?: string;
  responseCode?: number;
  command?: string;
  message: string;
}

/** Nothing of what the server wrote: it may quote anything. */
function sendError(host: string, error: unknown): SendError {
  if (error instanceof SendError) return error;
  const { code, originalCode, responseCode, command, message } = error as MailError;
  const trouble = tlsTrouble({ code: originalCode ?? code, message }, host);
  if (trouble)
    return new SendError(both(`${trouble.reason.ru}. ${trouble.cure.ru}`, `${trouble.reason.en}. ${trouble.cure.en}`));
  const answered = responseCode === undefined ? '' : ` (${responseCode})`;
  if (code === 'EAUTH')
    return new SendError(
      both(
        `${host} не принял имя и пароль${answered}: проверьте user и passwordFile`,
        `${host} refused user and password${answered}: look at user and passwordFile`,
      ),
    );
  if (code === 'ETLS' || (responseCode !== undefined && /^STARTTLS/.test(command ?? '')))
    return new SendError(
      both(
        `${host} не шифрует соединение${answered}: проверьте port и security`,
        `${host} does not encrypt the connection${answered}: look at port and security`,
      ),
    );
  if (responseCode !== undefined)
    return new SendError(
      both(`${host} не принял письмо${answered}`, `${host} refused the mail${answered}`),
      responseCode >= 500,
    );
  const name = originalCode ?? code;
  const word = typeof name === 'string' && /^[A-Z0-9_]+$/.test(name) ? ` (${name})` : '';
  return new SendError(
    both(`${host} не отвечает${word}: проверьте host и port`, `${host} does not answer${word}: look at host and port`),
  );
}
