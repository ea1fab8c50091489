import { both, type Bilingual } from '#contracts';
import type { Origin } from '../origin.js';

/** What a browser says of itself in a request's headers. */
export interface Asking {
  method: string;
  host?: string | undefined;
  origin?: string | undefined;
  /** Sec-Fetch-Site */
  site?: string | undefined;
  /** Content-Type; absent where there is no body. */
  type?: string | undefined;
}

const reading = ['GET', 'HEAD', 'OPTIONS'];
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Why a request is not taken for one of our own pages; undefined: it is. No other site's page may write here in the name
 * of somebody who is signed in, and no name that leads to this machine by a trick of DNS may be used to read.
 */
export function foreign(
  { method, host = '', origin, site, type }: Asking,
  { publicUrl }: Origin,
): Bilingual | undefined {
  if (publicUrl === undefined && !loopback.test(host))
    return both(
      'Эта консоль открывается только с той же машины: чтобы открыть её другим, задайте console.http.publicUrl',
      'This console opens only on its own machine: to open it for others, set console.http.publicUrl',
    );
  if (reading.includes(method)) return undefined;
  const own = publicUrl ?? `http://${host}`;
  if (site !== undefined ? site !== 'same-origin' : origin !== own)
    return both(`Страница должна быть открыта по адресу ${own}`, `The page has to be opened at the address ${own}`);
  if (type !== undefined && !/^application\/json\b/i.test(type))
    return both('Тело запроса — только JSON', "A request's body is JSON only");
  return undefined;
}
