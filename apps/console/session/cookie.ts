import type { Request, Response } from 'express';
import type { Origin } from '../http/origin.js';

/** Over TLS no other site of the domain can set it; plain http is only this machine's own. */
const nameFor = ({ secure }: Origin, what = 'itk'): string => (secure ? `__Host-${what}` : what);
/** By which a browser that was led away to sign in is known again. */
const away = 'itk-openid';

type Asking = Pick<Request, 'headers'>;

export const tokenIn = (request: Asking, origin: Origin): string | undefined => valueIn(request, nameFor(origin));

export const browserIn = (request: Asking, origin: Origin): string | undefined =>
  valueIn(request, nameFor(origin, away));

function valueIn(request: Asking, cookie: string): string | undefined {
  const name = `${cookie}=`;
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(name))?.slice(name.length) || undefined;
}

/** Lax: a sign-in that comes back from elsewhere has to find it. Without a date: it ends with the browser, too. */
const attributes = ({ secure }: Origin) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const;

export const giveToken = (response: Response, token: string, origin: Origin): void =>
  void response.cookie(nameFor(origin), token, attributes(origin));

/** Milliseconds: no longer than a sign-in may take. */
export const giveBrowser = (response: Response, browser: string, origin: Origin, maxAge: number): void =>
  void response.cookie(nameFor(origin, away), browser, { ...attributes(origin), maxAge });

export const takeToken = (response: Response, origin: Origin): void =>
  void response.clearCookie(nameFor(origin), attributes(origin));
