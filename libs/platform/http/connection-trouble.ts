import { connect, type PeerCertificate } from 'node:tls';
import { both } from '#contracts';
import { peerOf, ProxyStatusError, tunnelFor } from './route.js';
import { tlsTrouble, type SettingTrouble, type ShownCertificate } from './tls-trouble.js';
import { ProxyAddressError, proxyAddressTrouble, proxyFor, proxyName } from './way.js';

/**
 * What in the settings stands in the way of a call that failed before any answer: a certificate, the proxy, its
 * address. Undefined where nothing of it is to blame. May look at the server's certificate, without a word to it.
 */
export async function connectionTrouble(address: string, error: unknown): Promise<SettingTrouble | undefined> {
  const { hostname, protocol } = new URL(address);
  if (error instanceof ProxyAddressError) return proxyAddressTrouble(error);
  const proxy = proxyFor(address);
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  // undici has no other sign of it
  const refused =
    error instanceof ProxyStatusError
      ? error.status
      : /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(String(message))?.[1];
  if (refused) return proxyRefusal(address, Number(refused));
  // the proxy's own certificate
  if (proxy && code === 'UND_ERR_PRX_TLS') return tlsTrouble(error, proxyName(proxy));
  const plainly = tlsTrouble(error, hostname);
  if (!plainly?.cause.startsWith('certificate-') || protocol !== 'https:') return plainly;
  return tlsTrouble(error, hostname, await certificateOf(address).catch(() => undefined));
}

/** A refusal of the proxy itself, by its status; undefined where the server behind it is what does not answer. */
export function proxyRefusal(address: string, status: number): SettingTrouble | undefined {
  const proxy = proxyFor(address);
  if (!proxy || status >= 500) return undefined;
  const name = proxyName(proxy);
  if (status === 407)
    return {
      cause: 'proxy-credentials',
      reason: both(`Прокси ${name} требует имя и пароль (407)`, `The proxy ${name} wants a user and a password (407)`),
      cure: both(
        'Укажите их в адресе прокси (http://имя:пароль@прокси:порт в HTTP_PROXY или HTTPS_PROXY) и перезапустите службы, или впишите этот сервер в NO_PROXY',
        "Put them into the proxy's address (http://user:password@proxy:port in HTTP_PROXY or HTTPS_PROXY) and restart the services, or put this server into NO_PROXY",
      ),
    };
  return {
    cause: 'proxy-refuses',
    reason: both(
      `Прокси ${name} не пропускает к ${new URL(address).host} (${status})`,
      `The proxy ${name} lets nobody through to ${new URL(address).host} (${status})`,
    ),
    cure: both(
      'Разрешите этот адрес и порт на прокси или впишите сервер в NO_PROXY',
      'Allow this address and port at the proxy, or put the server into NO_PROXY',
    ),
  };
}

const patience = 5_000;

/** What the server shows, read and believed in nothing: no request is sent over this connection. */
async function certificateOf(address: string): Promise<ShownCertificate | undefined> {
  const tunnel = await tunnelFor(address, patience);
  return new Promise((resolve, reject) => {
    const socket = connect({ ...peerOf(address), ...(tunnel && { socket: tunnel }), rejectUnauthorized: false });
    const end = (finish: () => void): void => {
      socket.destroy();
      tunnel?.destroy();
      finish();
    };
    socket.setTimeout(patience, () => end(() => reject(new Error('no certificate in time'))));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('secureConnect', () => {
      const shown = told(socket.getPeerCertificate());
      end(() => resolve(shown));
    });
  });
}

function told(certificate: PeerCertificate): ShownCertificate | undefined {
  if (!certificate.subject) return undefined;
  const name = ({ CN, O }: PeerCertificate['subject']): string => [CN ?? O ?? '?'].flat().join(', ').slice(0, 100);
  const day = (date: string): string => new Date(date).toISOString().slice(0, 10);
  return {
    subject: name(certificate.subject),
    issuer: name(certificate.issuer),
    names: (certificate.subjectaltname ?? '').slice(0, 200),
    from: day(certificate.valid_from),
    until: day(certificate.valid_to),
  };
}
