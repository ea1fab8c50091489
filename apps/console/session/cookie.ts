import type { Request, Response } from 'express';
import type { Origin } from '../http/origin.js';

/** Over TLS no other site of the domain can set it; plain http is only this machine's own. */
const nameFor = ({ secure }: Origin): string => (secure ? '__Host-itk' : 'itk');

export function tokenIn(request: Pick<Request, 'headers'>, origin: Origin): string | undefined {
  const name = `${nameFor(origin)}=`;
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(name))?.slice(name.length) || undefined;
}

/** Lax: a sign-in that comes back from elsewhere has to find it. Without a date: it ends with the browser, too. */
const attributes = ({ secure }: Origin) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const;

export const giveToken = (response: Response, token: string, origin: Origin): void =>
  void response.cookie(nameFor(origin), token, attributes(origin));

export const takeToken = (response: Response, origin: Origin): void =>
  void response.clearCookie(nameFor(origin), attributes(origin));
