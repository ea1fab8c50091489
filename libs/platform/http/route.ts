import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { proxyFor } from './way.js';

/** The proxy refuses to make a connection; see `connectionTrouble`. */
export class ProxyStatusError extends Error {
  override name = 'ProxyStatusError';
  constructor(readonly status: number) {
    super(`the proxy answered HTTP ${status}`);
  }
}

/** How one request of `node:http` gets to an address: on a connection of its own, through a proxy if there is one. */
export interface Route {
  send: typeof httpRequest;
  options: RequestOptions;
  /** To be sent beside those of the request. */
  headers: Record<string, string>;
}

/** @param connectMs for the way through a proxy to stand; throws what `connectionTrouble` explains */
export async function routeTo(address: string, connectMs: number): Promise<Route> {
  const target = new URL(address);
  const secure = target.protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  const proxy = proxyFor(address);
  if (!proxy) return { send, options: { ...urlToHttpOptions(target), agent: false }, headers: {} };
  if (!secure)
    return {
      send: proxy.protocol === 'https:' ? httpsRequest : httpRequest,
      options: { ...endOf(proxy), path: `${target.origin}${target.pathname}${target.search}`, agent: false },
      headers: { host: target.host, ...credentialsFor(proxy) },
    };
  const socket = (await tunnelFor(address, connectMs))!;
  const createConnection = () => connect({ ...peerOf(address), socket });
  return { send, options: { ...urlToHttpOptions(target), createConnection }, headers: {} };
}

/** Where TLS to an address goes, and which name its certificate must have. */
export function peerOf(address: string): { host: string; port: number; servername?: string } {
  const { hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(port || 443), ...(isIP(host) === 0 && { servername: host }) };
}

/** A connection through the proxy to an https address; undefined where none is in between. */
export async function tunnelFor(address: string, timeout: number): Promise<Duplex | undefined> {
  const proxy = proxyFor(address);
  if (!proxy) return undefined;
  const { hostname, port } = new URL(address);
  const path = `${hostname}:${port || 443}`;
  return new Promise((resolve, reject) => {
    const connecting = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      ...endOf(proxy),
      method: 'CONNECT',
      path,
      agent: false,
      timeout,
      headers: { host: path, ...credentialsFor(proxy) },
    });
    connecting.once('connect', (answer, socket) => {
      socket.setTimeout(0);
      if (answer.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new ProxyStatusError(answer.statusCode ?? 0));
    });
    // without an upgrade of the connection it is an ordinary answer
    connecting.once('response', (answer) => {
      connecting.destroy();
      reject(new ProxyStatusError(answer.statusCode ?? 0));
    });
    connecting.once('timeout', () =>
      connecting.destroy(Object.assign(new Error('no tunnel in time'), { code: 'ETIMEDOUT' })),
    );
    connecting.once('error', reject);
    connecting.end();
  });
}

/** Host and port without the credentials, which Node would send to whoever is behind the proxy. */
const endOf = ({ protocol, hostname, port }: URL): RequestOptions => ({
  protocol,
  hostname: hostname.replace(/^\[|\]$/g, ''),
  ...(port && { port }),
});

function credentialsFor({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}
