import type { IncomingHttpHeaders } from 'node:http';
import { both, failed } from '#contracts';
import { connectionTrouble, proxyRefusal, routeTo, type Route, type SettingTrouble } from '#platform';
import { decodeAnswer } from './charset.js';
import { OnecTimeoutError, ProtocolError, UnreachableError } from '../errors.js';

/** Bytes: a page of a few thousand students is some megabytes. */
const largestAnswer = 256 * 1024 * 1024;

const markOfByteOrder = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Exchange {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds until the connection stands. */
  connectMs: number;
  /** Milliseconds for the whole exchange. */
  totalMs: number;
  signal?: AbortSignal;
  /** Called as soon as the head of the answer is there: its body may still get lost. */
  onHead?: (head: Pick<HttpAnswer, 'status' | 'headers'>) => void;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Without its mark of byte order. */
  body: string;
  /** Did a mark of byte order stand before the body? */
  marked: boolean;
}

/**
 * One request on a connection of its own (an idle one would be cut by IIS at the wrong moment); redirects are not followed.
 * Throws UnreachableError, OnecTimeoutError, ProtocolError (the body ended early), the signal's reason, and a
 * configuration failure where a certificate or a proxy is in the way.
 */
export async function exchange(url: string, options: Exchange): Promise<HttpAnswer> {
  let broken: unknown;
  try {
    const route = await routeTo(url, options.connectMs).catch((error: NodeJS.ErrnoException) => {
      broken = error;
      throw error.code === 'ETIMEDOUT'
        ? new OnecTimeoutError('connect', options.connectMs)
        : new UnreachableError(error.code ?? 'network error', false);
    });
    const answer = await exchangeOn(url, route, options, (error) => (broken = error));
    const refused = answer.status === 407 ? proxyRefusal(url, answer.status) : undefined;
    if (refused) throw inTheWay(refused);
    return answer;
  } catch (error) {
    const trouble = error instanceof UnreachableError ? await connectionTrouble(url, broken) : undefined;
    throw trouble ? inTheWay(trouble) : error;
  }
}

const inTheWay = ({ cause, reason, cure }: SettingTrouble): Error => failed('configuration', cause, reason, { cure });

function exchangeOn(
  url: string,
  route: Route,
  options: Exchange,
  onBroken: (error: unknown) => void,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const body = options.body === undefined ? undefined : Buffer.from(options.body, 'utf8');
    const request = route.send({
      ...route.options,
      method: options.method,
      headers: { ...options.headers, ...route.headers, ...(body && { 'content-length': String(body.length) }) },
      ...(options.signal && { signal: options.signal }),
    });
    const fail = (error: Error) => {
      clearTimeout(connecting);
      clearTimeout(whole);
      request.destroy();
      reject(options.signal?.aborted ? (options.signal.reason as Error) : error);
    };
    const connecting = setTimeout(() => fail(new OnecTimeoutError('connect', options.connectMs)), options.connectMs);
    const whole = setTimeout(() => fail(new OnecTimeoutError('answer', options.totalMs)), options.totalMs);
    let connected = false;
    request.on('socket', (socket) => {
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        connected = true;
        clearTimeout(connecting);
      });
    });
    request.on('error', onBroken);
    request.on('error', (error: NodeJS.ErrnoException) =>
      fail(new UnreachableError(error.code ?? 'network error', connected)),
    );
    request.on('response', (response) => {
      options.onHead?.({ status: response.statusCode ?? 0, headers: response.headers });
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largestAnswer) fail(new ProtocolError(both('ответ слишком велик', 'the answer is too large')));
        else chunks.push(chunk);
      });
      response.on('error', () => fail(new ProtocolError(both('ответ оборван', 'the answer is cut short'))));
      response.on('end', () => {
        clearTimeout(connecting);
        clearTimeout(whole);
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: decodeAnswer(bytes, response.headers['content-type']),
          marked: bytes.subarray(0, 3).equals(markOfByteOrder),
        });
      });
    });
    request.end(body);
  });
}
